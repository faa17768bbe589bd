import { ApiError } from '@rnoce/api-client/api-error';
import { expect, test } from 'vitest';
import { createAttempts, storedAttempt } from './idempotent-attempt.ts';

const counted = () => {
  let made = 0;
  return createAttempts(() => String(++made));
};

test('a lost answer is asked for again under the same key', () => {
  const attempts = counted();
  expect(attempts.keyFor({ ice: '1' })).toBe('1');
  attempts.end(new ApiError({ status: 0, code: 'timeout' }));
  expect(attempts.keyFor({ ice: '1' })).toBe('1');
  attempts.end(new ApiError({ status: 409, code: 'request_running' }));
  attempts.end(new ApiError({ status: 503, code: 'overloaded' }));
  expect(attempts.keyFor({ ice: '1' })).toBe('1');
});

test('another body, a refusal and a success each begin another attempt', () => {
  const attempts = counted();
  expect(attempts.keyFor({ ice: '1' })).toBe('1');
  expect(attempts.keyFor({ ice: '2' })).toBe('2');
  attempts.end(new ApiError({ status: 409, code: 'operator_already_registered' }));
  expect(attempts.keyFor({ ice: '2' })).toBe('3');
  attempts.end();
  expect(attempts.keyFor({ ice: '2' })).toBe('4');
});

test('an attempt without an answer outlives its page', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const page = (key: string) =>
    createAttempts(
      () => key,
      storedAttempt('message', () => storage),
    );
  const before = page('1');
  expect(before.keyFor('Bonjour')).toBe('1');
  before.end(new ApiError({ status: 0, code: 'offline' }));
  const after = page('2');
  expect(after.keyFor('Bonjour')).toBe('1');
  after.end();
  expect(kept.size).toBe(0);
  expect(page('3').keyFor('Bonjour')).toBe('3');
});

test('a storage that is forbidden or holds something else keeps the attempt as long as the page', () => {
  const forbidden = storedAttempt('message', () => {
    throw new Error('forbidden');
  });
  const attempts = createAttempts(() => '1', forbidden);
  expect(attempts.keyFor('Bonjour')).toBe('1');
  expect(createAttempts(() => '2', forbidden).keyFor('Bonjour')).toBe('1');
  const odd = { getItem: () => '[3', setItem: () => {}, removeItem: () => {} };
  expect(storedAttempt('message', () => odd).read()).toBeUndefined();
});
