/** Run before each test file, whose process serves many. */
import { afterAll } from 'vitest';
import { closeAll } from './clean-up.ts';
import { dropTestDatabases } from './database.ts';

// Hooks run last first: this one, registered before the file's own, comes after those.
afterAll(async () => {
  await closeAll();
  await dropTestDatabases();
});
