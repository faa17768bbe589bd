import { z } from 'zod';
import { gatewayProductionFaults, gatewaySettings, missingGatewaySettings } from './gateway-settings.ts';
import { isLocalHost } from './local-host.ts';

const flag = z.stringbool();
const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(0).max(1_000_000_000);
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

/** Values that only a local set-up may have: a production start with one of them is refused. */
const localMark = 'local-';
const secret = z.string().min(32);

/** Every setting of the API and the worker, listed in docs/operations.md. */
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  /** The address that people see, without a final slash: links in e-mails start with it. */
  PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(20),
  /** Directory of the built SPAs: `portal/`, `backoffice/`, `payment/`. Empty: the API alone. */
  SPA_DIR: z.string().default(''),
  /** `file:///…` or `s3://bucket?endpoint=…&region=…`. */
  STORAGE_URL: z.string().min(1),
  S3_ACCESS_KEY: z.string().default(''),
  S3_SECRET_KEY: z.string().default(''),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().default('RNOCE <ne-pas-repondre@rnoce.example>'),
  /** `tcp://host:port` or `unix:///path`; empty: no antivirus. */
  CLAMD_URL: z.string().default(''),
  /** A PEM file of trusted roots, or a folder of them: whose certificates name the signers of contracts. Empty: every signer is unknown. */
  SIGNATURE_ROOTS: z.string().default(''),
  BADR_URL: z.url(),
  BADR_KEY: z.string().min(1),
  /** Whole budget of one question to BADR, in milliseconds. */
  BADR_TIMEOUT_MS: z.coerce.number().int().min(100).max(4800).default(4000),
  /** PortNet's single window, where its validation opens the users' accounts; both or neither: then PortNet isn't offered. */
  SINGLE_WINDOW_URL: z.union([z.literal(''), z.url()]).default(''),
  SINGLE_WINDOW_KEY: z.string().default(''),
  SESSION_SECRET: secret,
  /** Encrypts the agents' TOTP secrets: 32 bytes in hexadecimal. */
  TOTP_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  /** Encrypts the secrets that sign webhooks: 32 bytes in hexadecimal. */
  WEBHOOK_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  /** Webhooks may go to http and to addresses of local networks: for development and tests. */
  WEBHOOK_LOCAL_ADDRESSES: flag.default(false),
  CAPTCHA_SECRET: secret,
  /** `none` is for tests; production refuses it. */
  CAPTCHA: z.enum(['altcha', 'none']).default('altcha'),
  PASSWORD_MIN_LENGTH: z.coerce.number().int().min(4).max(64).default(4),
  /** Working days that an authority gives itself to answer. */
  DECISION_DAYS: z.coerce.number().int().min(1).max(60).default(3),
  /** Agents who must accept the cancellation of a customs account: 2, no one closes a company alone. */
  CANCELLATION_AGENTS: z.coerce.number().int().min(1).max(2).default(1),
  ASSISTANCE_PHONE: z.string().default('05 20 47 31 00'),
  ASSISTANCE_URL: z.url().default('http://reclamation.portnet.ma/'),
  /** The CNDP's authorisation of this processing, as the guide shows it under the terms. */
  CNDP_AUTHORISATION: z.string().trim().max(50).default('A-GC-318/2016'),
  /** Addresses or ranges of the proxies whose forwarding headers are believed; empty: none. */
  TRUSTED_PROXIES: list,
  RATE_LIMITS: flag.default(true),
  /** Requests of one integrator's key in a minute. */
  INTEGRATOR_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  /** The public search of invoices: look-ups by a code alone of one address in ten minutes. */
  SEARCH_ADDRESS_LOOKUPS: count.default(600),
  /** Look-ups of one address in an hour that find nothing: by a code alone, and by a code with a number. */
  SEARCH_ADDRESS_MISSES: count.default(100),
  SEARCH_ADDRESS_PAIR_MISSES: count.default(1000),
  /** Look-ups of everybody in an hour, by a code alone, that find nothing: past the first a proof of work is asked, past the second they wait. */
  SEARCH_MISSES: count.default(1000),
  SEARCH_MISSES_MAX: count.default(5000),
  /** Messages to the gateways' addresses that nobody signed, stored of one address in an hour and of everybody in a day; the others are only answered. */
  REJECTED_MESSAGES_ADDRESS: count.default(60),
  REJECTED_MESSAGES: count.default(5000),
  /** A process whose turns come later than this answers 503, so that a proxy asks another one; 0: never. */
  MAX_EVENT_LOOP_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(2000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Where a local set-up keeps its own files; the demonstration accounts are listed there. */
  DATA_DIR: z.string().min(1).default('.data'),
  /** Bearer token of `GET /metrics`; empty: the route is closed. */
  METRICS_TOKEN: z.string().default(''),
  ...gatewaySettings,
});
export type Environment = z.infer<typeof Environment>;
export const environmentKeys = Object.keys(Environment.shape);

/** Few different characters: typed, not drawn. */
const isRandom = (value: string): boolean => new Set(value).size >= 10;
const shortestToken = 24;
/** Levels of the log that leave out who did what. */
const deafLevels: readonly Environment['LOG_LEVEL'][] = ['silent', 'fatal', 'error', 'warn'];

/** Whether PostgreSQL is on another machine, and whoever stands between could read what it is told, or answer in its place. */
function isOpenDatabase(address: string): boolean {
  const { hostname, searchParams } = new URL(address);
  const host = searchParams.get('host') ?? hostname;
  const isHere = host === '' || host.startsWith('/') || isLocalHost(host);
  return !isHere && searchParams.get('sslmode') !== 'verify-full';
}

/** The same of the storage of files. */
function isOpenStorage(address: string): boolean {
  const endpoint = URL.parse(URL.parse(address)?.searchParams.get('endpoint') ?? '');
  return endpoint?.protocol === 'http:' && !isLocalHost(endpoint.hostname);
}

/** Reasons why these settings must not serve the public; empty when they may. */
export function productionFaults(environment: Environment): string[] {
  const faults: string[] = [];
  for (const key of ['SESSION_SECRET', 'CAPTCHA_SECRET', 'BADR_KEY', 'SINGLE_WINDOW_KEY'] as const) {
    if (environment[key].startsWith(localMark) || environment[key].includes('sandbox')) {
      faults.push(`${key} is a local or sandbox value`);
    }
  }
  for (const key of ['SESSION_SECRET', 'CAPTCHA_SECRET', 'TOTP_KEY', 'WEBHOOK_KEY'] as const)
    if (!isRandom(environment[key])) faults.push(`${key} is not random`);
  if (environment.SESSION_SECRET === environment.CAPTCHA_SECRET)
    faults.push('SESSION_SECRET and CAPTCHA_SECRET are the same');
  if (environment.WEBHOOK_KEY === environment.TOTP_KEY) faults.push('WEBHOOK_KEY and TOTP_KEY are the same');
  if (environment.METRICS_TOKEN !== '' && environment.METRICS_TOKEN.length < shortestToken)
    faults.push(`METRICS_TOKEN is shorter than ${String(shortestToken)} characters`);
  if (environment.TRUSTED_PROXIES.some((range) => range.endsWith('/0')))
    faults.push('TRUSTED_PROXIES believes everybody');
  if (!environment.PUBLIC_URL.startsWith('https://')) faults.push('PUBLIC_URL is not https');
  for (const key of ['BADR_URL', 'SINGLE_WINDOW_URL'] as const) {
    if (environment[key] !== '' && !environment[key].startsWith('https://'))
      faults.push(`${key} is not https: its key would travel in clear`);
  }
  if (isOpenDatabase(environment.DATABASE_URL))
    faults.push('DATABASE_URL leads to another machine without sslmode=verify-full');
  if (isOpenStorage(environment.STORAGE_URL))
    faults.push('STORAGE_URL leads to another machine, and its endpoint is not https');
  if (deafLevels.includes(environment.LOG_LEVEL)) faults.push('LOG_LEVEL leaves out who did what');
  if (environment.SIGNATURE_ROOTS.includes('sandbox'))
    faults.push("SIGNATURE_ROOTS is the sandbox's: anybody can sign by it");
  if (environment.CAPTCHA === 'none') faults.push('CAPTCHA is none');
  if (!environment.RATE_LIMITS) faults.push('RATE_LIMITS is off');
  if (environment.WEBHOOK_LOCAL_ADDRESSES)
    faults.push('WEBHOOK_LOCAL_ADDRESSES lets integrators reach our own network');
  for (const key of ['BADR_URL', 'SINGLE_WINDOW_URL', 'SMTP_URL'] as const) {
    if (/\/\/(127\.0\.0\.1|localhost|\[::1\])/.test(environment[key]))
      faults.push(`${key} is this machine's sandbox`);
  }
  return [...faults, ...gatewayProductionFaults(environment)];
}

/** Parses the settings, an empty one being one that isn't given; throws one error that names every wrong one and shows no value. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues
      .map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
      .join('\n');
    throw new Error(`The settings are wrong:\n${wrong}`);
  }
  const missing = missingGatewaySettings(result.data);
  if (missing.length > 0)
    throw new Error(`A payment provider is configured by half; missing:\n  ${missing.join('\n  ')}`);
  const { SINGLE_WINDOW_URL, SINGLE_WINDOW_KEY } = result.data;
  if ((SINGLE_WINDOW_URL === '') !== (SINGLE_WINDOW_KEY === ''))
    throw new Error('The single window is configured by half: SINGLE_WINDOW_URL and SINGLE_WINDOW_KEY');
  if (result.data.NODE_ENV === 'production') {
    const faults = productionFaults(result.data);
    if (faults.length > 0)
      throw new Error(`These settings can't serve the public:\n  ${faults.join('\n  ')}`);
  }
  return result.data;
}

export const readEnvironment = (): Environment => parseEnvironment(process.env);
