import { expect, test } from 'vitest';
import { lostChunk, whereabouts } from './lost-chunk.ts';

const page = 'https://rnoce.example/espace-prive/demandes';

test.each([
  [
    'Failed to fetch dynamically imported module: https://rnoce.example/espace-prive/assets/a-1.js',
    'https://rnoce.example/espace-prive/assets/a-1.js',
  ],
  [
    'error loading dynamically imported module: https://rnoce.example/espace-prive/assets/a-1.js',
    'https://rnoce.example/espace-prive/assets/a-1.js',
  ],
  ['Importing a module script failed.', page],
  [
    'Unable to preload CSS for /espace-prive/assets/a-1.css',
    'https://rnoce.example/espace-prive/assets/a-1.css',
  ],
  ['Cannot read properties of undefined', undefined],
])('« %s » names what is lost', (message, address) => {
  expect(lostChunk(new Error(message), page)).toBe(address);
});

const answering = (status: number, type: string) => () =>
  Promise.resolve(new Response('', { status, headers: { 'content-type': type } }));

test('only what the service has no more is gone with its version', async () => {
  expect(await whereabouts(page, answering(404, 'application/json'))).toBe('gone');
  expect(await whereabouts(page, answering(200, 'text/html; charset=utf-8'))).toBe('gone');
  expect(await whereabouts(page, answering(200, 'text/javascript'))).toBe('there');
  expect(await whereabouts(page, answering(503, 'text/html'))).toBe('unreachable');
  expect(await whereabouts(page, () => Promise.reject(new TypeError('Failed to fetch')))).toBe('unreachable');
});
