/** Run before each test file, whose process serves many. */
import { afterAll } from 'vitest';
import { dropTestDatabases } from './database.ts';

// Hooks run last first: this one, registered before the file's own, comes after those which close pools and servers.
afterAll(dropTestDatabases);
