import type { FastifyBaseLogger } from 'fastify';
import type { Database } from './db/database.ts';
import type { Environment } from './env.ts';
import type { ReferenceLists } from './features/reference/reference.service.ts';
import type { BadrGateway } from './integrations/badr/badr-gateway.ts';
import type { JobQueue } from './jobs/queue.ts';

/** What a feature works with; made once by the process and passed down. */
export interface Deps {
  readonly environment: Environment;
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly references: ReferenceLists;
  readonly badr: BadrGateway;
  /** The present; tests own it. */
  readonly now: () => Date;
  readonly log: FastifyBaseLogger;
}
