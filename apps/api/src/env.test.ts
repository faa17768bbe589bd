import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './env.ts';

const random = 'f3b1c0de9a7748e2b5d6a1908c7e4f21';
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://rnoce.example',
  DATABASE_URL: 'postgres://rnoce@db.example/rnoce',
  STORAGE_URL: 's3://rnoce',
  SMTP_URL: 'smtps://mail.example',
  BADR_URL: 'https://badr.example',
  BADR_KEY: 'a-key-that-customs-gave',
  SESSION_SECRET: `s-${random}`,
  CAPTCHA_SECRET: `c-${random}`,
  TOTP_KEY: '8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d',
};

it('serves the public with settings made for it', () => {
  expect(parseEnvironment(production).NODE_ENV).toBe('production');
});

describe('a production start is refused with', () => {
  it.each([
    ['SESSION_SECRET', `local-${random}`, 'local'],
    ['SESSION_SECRET', 'a'.repeat(64), 'random'],
    ['CAPTCHA_SECRET', 'abababababababababababababababab', 'random'],
    ['CAPTCHA_SECRET', production.SESSION_SECRET, 'same'],
    ['TOTP_KEY', '0'.repeat(64), 'random'],
    ['PUBLIC_URL', 'http://rnoce.example', 'https'],
    ['CAPTCHA', 'none', 'CAPTCHA'],
    ['RATE_LIMITS', 'false', 'RATE_LIMITS'],
    ['BADR_URL', 'http://127.0.0.1:3100/badr', 'sandbox'],
    ['METRICS_TOKEN', 'metrics', 'METRICS_TOKEN'],
    ['TRUSTED_PROXIES', '10.77.1.0/24, 0.0.0.0/0', 'TRUSTED_PROXIES'],
    ['TRUSTED_PROXIES', '::/0', 'TRUSTED_PROXIES'],
  ])('%s=%s', (name, value, reason) => {
    expect(() => parseEnvironment({ ...production, [name]: value })).toThrow(reason);
  });
});

it('names every wrong setting and shows the value of none', () => {
  const wrong = { ...production, SESSION_SECRET: 'too-short-secret', TOTP_KEY: 'not-hexadecimal' };
  expect(() => parseEnvironment(wrong)).toThrow(/SESSION_SECRET[^]*TOTP_KEY/);
  expect(() => parseEnvironment(wrong)).not.toThrow(/too-short-secret|not-hexadecimal/);
});
