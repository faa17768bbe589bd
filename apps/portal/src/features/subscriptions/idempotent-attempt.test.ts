import { ApiError } from '@rnoce/api-client/api-error';
import { expect, test } from 'vitest';
import { createAttempts } from './idempotent-attempt.ts';

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
