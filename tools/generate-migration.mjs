// Writes the migration which brings the database to today's tables. `npm run db:generate -- --name add-invoices`
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const api = join(dirname(dirname(fileURLToPath(import.meta.url))), 'apps', 'api');
const kit = join(api, 'node_modules', 'drizzle-kit', 'bin.cjs');
const { status } = spawnSync(process.execPath, [kit, 'generate', ...process.argv.slice(2)], {
  cwd: api,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
