import { expect, it } from 'vitest';
import { networkOf } from './sign-in-attempts.ts';

it.each([
  ['41.250.1.2', '41.250.1.2'],
  ['::ffff:41.250.1.2', '41.250.1.2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::', 'fe80:0:0:0::/64'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
