// Global set-up of the Vitest project `api`: one throw-away PostgreSQL a run, and a migrated template to clone.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createTemplate } from '../apps/api/src/testing/template.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { isProcessAlive } from './process-lock.mjs';

const PREFIX = 'rnoce-test-';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  let postgres: RunningPostgres | undefined;
  const tearDown = async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: () => {} });
    await createTemplate(postgres.url);
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('postgresAdminUrl', postgres.url);
  return tearDown;
}

/** A run which was killed had no time to remove its folder. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid && !isProcessAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
