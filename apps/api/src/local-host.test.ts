import { expect, it } from 'vitest';
import { isLocalHost } from './local-host.ts';

it.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'postgres', 'mail-relay', 'Storage'])(
  '%s is local',
  (host) => {
    expect(isLocalHost(host)).toBe(true);
  },
);

it.each([
  '',
  'mail.example',
  'localhost.',
  '10.0.0.1',
  '127.0.0.1.example',
  '[fd00::1]',
  '[::ffff:10.0.0.1]',
  '167772161',
  '0xa000001',
])('%s is not local', (host) => {
  expect(isLocalHost(host)).toBe(false);
});
