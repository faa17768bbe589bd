import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './env.ts';

const random = 'f3b1c0de9a7748e2b5d6a1908c7e4f21';
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://rnoce.example',
  DATABASE_URL: 'postgres://rnoce@db.example/rnoce?sslmode=verify-full',
  STORAGE_URL: 's3://rnoce',
  SMTP_URL: 'smtps://mail.example',
  BADR_URL: 'https://badr.example',
  BADR_KEY: 'a-key-that-customs-gave',
  SINGLE_WINDOW_URL: 'https://single-window.example/api',
  SINGLE_WINDOW_KEY: 'a-key-that-portnet-gave',
  SESSION_SECRET: `s-${random}`,
  CAPTCHA_SECRET: `c-${random}`,
  TOTP_KEY: '8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d',
  WEBHOOK_KEY: '5b7ad13c04e98f26b1c3d5e7f90a2b4c6d8e0f1a3c5b7d9e2f4a6c8b0d1e3f57',
  CMI_PAGE_URL: 'https://payment.cmi.co.ma/fim/est3Dgate',
  CMI_API_URL: 'https://payment.cmi.co.ma/fim/api',
  CMI_CLIENT_ID: '600001234',
  CMI_STORE_KEY: 'a-store-key',
  CMI_API_NAME: 'api-name',
  CMI_API_PASSWORD: 'api-password',
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
    ['WEBHOOK_KEY', '0'.repeat(64), 'random'],
    ['WEBHOOK_KEY', production.TOTP_KEY, 'same'],
    ['WEBHOOK_LOCAL_ADDRESSES', 'true', 'WEBHOOK_LOCAL_ADDRESSES'],
    ['PUBLIC_URL', 'http://rnoce.example', 'https'],
    ['CAPTCHA', 'none', 'CAPTCHA'],
    ['RATE_LIMITS', 'false', 'RATE_LIMITS'],
    ['BADR_URL', 'http://127.0.0.1:3100/badr', 'sandbox'],
    ['SIGNATURE_ROOTS', '/srv/rnoce/sandbox/signing/root.pem', 'SIGNATURE_ROOTS'],
    ['BADR_URL', 'http://badr.example', 'BADR_URL is not https'],
    ['SINGLE_WINDOW_URL', 'http://single-window.example', 'SINGLE_WINDOW_URL is not https'],
    ['SINGLE_WINDOW_KEY', 'sandbox-single-window-key', 'SINGLE_WINDOW_KEY'],
    ['METRICS_TOKEN', 'metrics', 'METRICS_TOKEN'],
    ['TRUSTED_PROXIES', '10.77.1.0/24, 0.0.0.0/0', 'TRUSTED_PROXIES'],
    ['TRUSTED_PROXIES', '::/0', 'TRUSTED_PROXIES'],
    ['DATABASE_URL', 'postgres://rnoce@db.example/rnoce', 'sslmode=verify-full'],
    ['DATABASE_URL', 'postgres://rnoce@10.0.0.5/rnoce?sslmode=no-verify', 'sslmode=verify-full'],
    ['DATABASE_URL', 'postgres://rnoce@postgres/rnoce?host=db.example', 'sslmode=verify-full'],
    ['STORAGE_URL', 's3://rnoce?endpoint=http://s3.example:9000', 'STORAGE_URL'],
    ['LOG_LEVEL', 'silent', 'LOG_LEVEL'],
    ['LOG_LEVEL', 'warn', 'LOG_LEVEL'],
    ['CMI_STORE_KEY', 'sandbox-cmi-store-key', 'CMI_STORE_KEY'],
    ['CMI_API_URL', 'http://payment.cmi.example/fim/api', 'https'],
    ['CMI_PAGE_URL', 'https://testpayment.cmi.co.ma/fim/est3Dgate', 'test host'],
    ['CMI_API_URL', 'https://127.0.0.1:3100/cmi/fim/api', 'test host'],
  ])('%s=%s', (name, value, reason) => {
    expect(() => parseEnvironment({ ...production, [name]: value })).toThrow(reason);
  });
});

it.each([
  ['DATABASE_URL', 'postgres://rnoce@postgres:5432/rnoce'],
  ['DATABASE_URL', 'postgres://rnoce@127.0.0.1/rnoce'],
  ['DATABASE_URL', 'postgres:///rnoce?host=/var/run/postgresql'],
  ['STORAGE_URL', 's3://rnoce?endpoint=http://storage:7070&region=us-east-1'],
  ['STORAGE_URL', 's3://rnoce?endpoint=https%3A%2F%2Fs3.example'],
  ['STORAGE_URL', 'file:///srv/rnoce'],
])('takes %s=%s in production', (name, value) => {
  expect(parseEnvironment({ ...production, [name]: value })).toMatchObject({ [name]: value });
});

it('takes an empty setting for one that is not given', () => {
  expect(
    parseEnvironment({ ...production, PASSWORD_MIN_LENGTH: '', DECISION_DAYS: '', LOG_LEVEL: '' }),
  ).toEqual(parseEnvironment(production));
  expect(() => parseEnvironment({ ...production, SESSION_SECRET: '' })).toThrow('SESSION_SECRET');
});

it('refuses a payment provider that is configured by half, and takes none', () => {
  const half = { ...production, CMI_STORE_KEY: '' };
  expect(() => parseEnvironment(half)).toThrow(/configured by half[^]*CMI_STORE_KEY/);
  const none = Object.entries(production).filter(([name]) => !name.startsWith('CMI_'));
  expect(parseEnvironment(Object.fromEntries(none)).CMI_PAGE_URL).toBe('');
});

it('refuses a single window that is configured by half, and takes none', () => {
  for (const missing of ['SINGLE_WINDOW_URL', 'SINGLE_WINDOW_KEY'])
    expect(() => parseEnvironment({ ...production, [missing]: '' })).toThrow(/single window.*by half/);
  const none = { ...production, SINGLE_WINDOW_URL: '', SINGLE_WINDOW_KEY: '' };
  expect(parseEnvironment(none).SINGLE_WINDOW_URL).toBe('');
});

it('names every wrong setting and shows the value of none', () => {
  const wrong = { ...production, SESSION_SECRET: 'too-short-secret', TOTP_KEY: 'not-hexadecimal' };
  expect(() => parseEnvironment(wrong)).toThrow(/SESSION_SECRET[^]*TOTP_KEY/);
  expect(() => parseEnvironment(wrong)).not.toThrow(/too-short-secret|not-hexadecimal/);
});
