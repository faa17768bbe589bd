// Ends the sessions of an operator or of an agent, in every browser, or everybody's. With the settings of the API in the environment:
// npm run end-sessions -- --email contact@atlas.example
// npm run end-sessions -- --everybody
import { parseArgs } from 'node:util';
import { email } from '@rnoce/schemas/fields';
import { z } from 'zod';
import { openDatabase } from './db/database.ts';
import { readEnvironment } from './env.ts';
import { endEverySession, endSessionsOf } from './features/sessions/end-by-command.ts';

const { values } = parseArgs({
  options: { email: { type: 'string' }, everybody: { type: 'boolean', default: false } },
});

const database = openDatabase({
  url: readEnvironment().DATABASE_URL,
  poolSize: 1,
  onConnectionLost: () => {},
});

try {
  if (values.everybody === (values.email !== undefined))
    throw new Error('Give --email, or --everybody: one of the two.');
  const now = new Date();
  const ended = values.everybody
    ? await endEverySession(database, now)
    : await endSessionsOf(database, email().parse(values.email), now);
  if (ended === undefined) throw new Error('Nobody has this e-mail.');
  process.stdout.write(`Sessions ended: ${String(ended)}\n`);
} catch (error) {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
} finally {
  await database.$client.end();
}
