import type { FastifyBaseLogger } from 'fastify';
import type { Database } from './db/database.ts';
import type { Environment } from './env.ts';
import type { ReferenceLists } from './features/reference/reference.service.ts';
import type { Gateways } from './gateways.ts';
import type { Antivirus } from './integrations/antivirus/antivirus.ts';
import type { BadrGateway } from './integrations/badr/badr-gateway.ts';
import type { Inspector } from './integrations/inspection/inspector.ts';
import type { SignatureChecker } from './integrations/pdf-signature/signature-checker.ts';
import type { SingleWindowGateway } from './integrations/single-window/single-window-gateway.ts';
import type { FileStorage } from './integrations/storage/file-storage.ts';
import type { Typesetter } from './integrations/typesetting/typesetter.ts';
import type { JobQueue } from './jobs/queue.ts';

/** What a feature works with; made once by the process and passed down. */
export interface Deps {
  readonly environment: Environment;
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly references: ReferenceLists;
  readonly badr: BadrGateway;
  /** Undefined where it isn't configured: PortNet isn't offered then. */
  readonly singleWindow: SingleWindowGateway | undefined;
  readonly gateways: Gateways;
  readonly storage: FileStorage;
  readonly antivirus: Antivirus;
  readonly inspector: Inspector;
  readonly signatures: SignatureChecker;
  /** Roots which name signers of contracts, in DER; none: every signer is unknown. */
  readonly trustedRoots: readonly Uint8Array[];
  readonly typesetter: Typesetter;
  /** The present; tests own it. */
  readonly now: () => Date;
  readonly log: FastifyBaseLogger;
}
