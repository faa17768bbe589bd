// Brings the database to today's tables: node apps/api/src/migrate.ts [--demo]
import { parseArgs } from 'node:util';
import { migrate } from './db/migrate.ts';
import { readEnvironment } from './env.ts';

const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } });
const environment = readEnvironment();
await migrate(environment.DATABASE_URL);
if (values.demo) {
  const { loadDemo } = await import('./demo/load-demo.ts');
  await loadDemo(environment);
}
