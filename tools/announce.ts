import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import { demoIntegrators } from '../apps/api/src/demo/demo-integrators.ts';
import type { LocalSettings } from './local-settings.ts';

type DemoAccount = { role: string; email: string; password: string; totpSecret?: string; note?: string };

const NAME_WIDTH = 8;

/** Prints a line of one of the processes. */
export function tell(name: string, message: string): void {
  for (const line of message.split('\n'))
    console.log(`${styleText('dim', `${name.padEnd(NAME_WIDTH)} │`)} ${line}`);
}

/**
 * What a person needs once all is up: addresses, demo accounts, where data are, how to stop. In a box where the terminal has the columns for it:
 * broken lines of a box can't be read.
 */
export function banner(settings: LocalSettings, seconds: number, columns = Number.POSITIVE_INFINITY): string {
  const { siteUrl, sandboxUrl, dataDir } = settings;
  const addresses = [
    ['Site', `${siteUrl}/`],
    ['Espace privé', `${siteUrl}/espace-prive/`],
    ['E-paiement', `${siteUrl}/paiement/`],
    ['Espace agents', `${siteUrl}/agents/`],
    ['API', `${siteUrl}/api/docs`],
    ['Sandbox', `${sandboxUrl}/`],
    ['E-mails', `${sandboxUrl}/inbox`],
  ].map(([name = '', url = '']) => `${name.padEnd(14)} ${url}`);
  const accounts = readAccounts(dataDir).flatMap(({ role, email, password, totpSecret, note }) => [
    `${role.padEnd(14)} ${email}   ${password}${note ? `   (${note})` : ''}`,
    ...(totpSecret ? [`${''.padEnd(14)} one-time code from the key ${totpSecret}`] : []),
  ]);
  const keys = demoIntegrators.map(({ role, name, key }) => `${role.padEnd(14)} ${key}   (${name})`);
  const lines = [
    `RNOCE is up (${seconds.toFixed(1)} s)`,
    '',
    ...addresses,
    ...(accounts.length > 0 ? ['', 'Demo accounts', ...accounts, '', 'Demo keys of the API', ...keys] : []),
    '',
    `Data and logs: ${shortPath(dataDir)}     Ctrl-C stops everything.`,
  ];
  return frame(lines, columns);
}

function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

function frame(lines: string[], columns: number): string {
  const width = Math.max(...lines.map((line) => line.length));
  if (width + 4 > columns) return ['', ...lines, ''].join('\n');
  const bar = '─'.repeat(width + 2);
  const body = lines.map((line) => `│ ${line.padEnd(width)} │`);
  return ['', `┌${bar}┐`, ...body, `└${bar}┘`, ''].join('\n');
}

function readAccounts(dataDir: string): DemoAccount[] {
  const file = join(dataDir, 'demo-accounts.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}
