// Empties the data folder, after asking. `npm run reset [-- --yes]`
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, parse, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { acquireLock } from './process-lock.mjs';

const LOCK = 'instance.lock';
/** What `npm start` makes there: nothing else is ever removed. */
const OURS = [
  'postgres',
  '.postgres.new',
  'documents',
  'logs',
  'sandbox',
  'secrets.json',
  'demo-accounts.json',
  'running.json',
];

const folder = resolve(process.env.DATA_DIR || '.data');
const shown = relative(process.cwd(), folder) || folder;

if (folder === parse(folder).root) fail('DATA_DIR is the root of the disk.');
if (!existsSync(folder)) {
  console.log(`${shown} does not exist: there is nothing to empty.`);
  process.exit(0);
}
const lock = acquireLock(join(folder, LOCK));
if (!lock.acquired) fail(`An instance (process ${lock.holder.pid}) uses ${shown}. Stop it first.`);

try {
  if (!process.argv.includes('--yes') && !(await agreed())) {
    console.log('Nothing was removed.');
  } else {
    for (const name of OURS) rmSync(join(folder, name), { recursive: true, force: true });
    const others = readdirSync(folder).filter((name) => name !== LOCK);
    console.log(`${shown} is emptied.${others.length > 0 ? ` Left, not ours: ${others.join(', ')}` : ''}`);
  }
} finally {
  lock.release();
}

async function agreed() {
  if (!process.stdin.isTTY) fail('Nobody can be asked here: use « npm run reset -- --yes ».');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `This removes the database and the documents in ${shown}. Type « oui » or « yes »: `,
  );
  terminal.close();
  return /^(oui|yes)$/i.test(answer.trim());
}

/** @param {string} reason @returns {never} */
function fail(reason) {
  console.error(reason);
  process.exit(1);
}
