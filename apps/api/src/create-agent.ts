// Creates an agent, or gives one new credentials; prints them once. With the settings of the API in the environment:
// npm run create-agent -- --name 'Nadia El Fassi' --email n.elfassi@douane.example --authority customs --role decider [--locale ar]
// npm run create-agent -- --renew --email n.elfassi@douane.example
import { parseArgs } from 'node:util';
import { AgentRole, Authority, Locale } from '@rnoce/schemas';
import { email } from '@rnoce/schemas/fields';
import { z } from 'zod';
import { openDatabase } from './db/database.ts';
import { readEnvironment } from './env.ts';
import { createAgent, renewAgentCredentials } from './features/agents/create-agent.ts';

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    email: { type: 'string' },
    authority: { type: 'string' },
    role: { type: 'string' },
    locale: { type: 'string' },
    renew: { type: 'boolean', default: false },
  },
});
const NewAgent = z.strictObject({
  name: z.string().trim().min(1).max(120),
  email: email(),
  authority: Authority,
  role: AgentRole,
  locale: Locale.default('fr'),
});

const environment = readEnvironment();
const database = openDatabase({
  url: environment.DATABASE_URL,
  poolSize: 1,
  onConnectionLost: () => {},
});
const settings = { database, environment, now: () => new Date() };
const { renew, ...given } = values;

try {
  const credentials = renew
    ? await renewAgentCredentials(settings, email().parse(given.email))
    : await createAgent(settings, NewAgent.parse(given));
  if (!credentials)
    throw new Error(
      renew
        ? 'No agent has this e-mail.'
        : 'An agent has this e-mail already; --renew gives new credentials.',
    );
  process.stdout.write(
    `${[
      `E-mail    ${credentials.email}`,
      `Password  ${credentials.password}`,
      `One-time  ${credentials.totpUri}`,
      'Shown once: hand both over by two different ways. The first sign-in asks for another password.',
    ].join('\n')}\n`,
  );
} catch (error) {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
} finally {
  await database.$client.end();
}
