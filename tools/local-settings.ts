import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from './ports.ts';

const random = () => randomBytes(32).toString('hex');
/** By this mark the API refuses them in production. */
const local = () => `local-${random()}`;

/** Secrets of a local instance, made once: they sign sessions and encrypt what is stored, so they must stay. */
const SECRETS = {
  SESSION_SECRET: local,
  CAPTCHA_SECRET: local,
  BADR_KEY: local,
  TOTP_KEY: random,
  WEBHOOK_KEY: random,
};

export type LocalSettings = {
  dataDir: string;
  host: string;
  port: number;
  sandboxPort: number;
  smtpPort: number;
  /** Where people reach the site, without a final slash. */
  siteUrl: string;
  sandboxUrl: string;
  /** A PostgreSQL of one's own instead of the embedded one. */
  databaseUrl: string | undefined;
};

/** @throws with a sentence for a person when a variable cannot be read. */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<LocalSettings> {
  const host = env.HOST || '127.0.0.1';
  const port = await readPort(env, 'PORT', 3000);
  const sandboxPort = await readPort(env, 'SANDBOX_PORT', 3100);
  const smtpPort = await readPort(env, 'SMTP_PORT', 3125);
  refuseSharedPort({ PORT: port, SANDBOX_PORT: sandboxPort, SMTP_PORT: smtpPort });
  return {
    dataDir: resolve(env.DATA_DIR || '.data'),
    host,
    port,
    sandboxPort,
    smtpPort,
    siteUrl: (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/$/, ''),
    sandboxUrl: `http://localhost:${sandboxPort}`,
    databaseUrl: env.DATABASE_URL || undefined,
  };
}

function refuseSharedPort(ports: Record<string, number>): void {
  for (const [name, port] of Object.entries(ports)) {
    const other = Object.keys(ports).find((one) => one !== name && ports[one] === port);
    if (other) throw new Error(`${name} and ${other} are both ${port}: give each its own.`);
  }
}

/** 0 means any free port. */
async function readPort(env: NodeJS.ProcessEnv, name: string, usual: number): Promise<number> {
  const text = env[name] || String(usual);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name}=${text} is not a port number.`);
  return port || (await freePort());
}

/** Reads the secrets kept in the data folder, making the missing ones (and keeping them, unless told not to); a variable already set wins. */
export function localSecrets(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  { keep } = { keep: true },
): Record<string, string> {
  const file = join(dataDir, 'secrets.json');
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  let complete = true;
  const secrets: Record<string, string> = {};
  for (const [name, make] of Object.entries(SECRETS)) {
    complete &&= Boolean(kept[name]);
    kept[name] ||= make();
    secrets[name] = env[name] || kept[name];
  }
  if (!complete && keep) writePrivate(file, kept);
  return secrets;
}

/** Writes a JSON file which only its owner may read, whole or not at all. */
export function writePrivate(file: string, content: unknown): void {
  mkdirSync(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
