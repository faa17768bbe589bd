import type { Environment } from '../env.ts';
import { type Antivirus, createAntivirus } from './antivirus/antivirus.ts';
import { createInspector, type Inspector } from './inspection/inspector.ts';
import { createSignatureChecker, type SignatureChecker } from './pdf-signature/signature-checker.ts';
import { readTrustedRoots } from './pdf-signature/trusted-roots.ts';
import type { FileStorage } from './storage/file-storage.ts';
import { createStorage } from './storage/storage.ts';

/** What an uploaded file goes through. */
export interface UploadServices {
  readonly storage: FileStorage;
  readonly antivirus: Antivirus;
  readonly inspector: Inspector;
  readonly signatures: SignatureChecker;
  /** Roots which name signers of contracts, in DER; none: every signer is unknown. */
  readonly trustedRoots: readonly Uint8Array[];
}

/** Nobody waits longer than 5 s for a service that is away: these limits are for each call, in milliseconds. */
const storageMs = 4500;
const antivirusMs = 4000;
const inspectionMs = 4500;
const inspectionWaitMs = 4500;
const signatureMs = 4500;
const signatureWaitMs = 4500;

/** Opens them as the settings say; nothing is contacted yet. Throws for trusted roots that can't be read. */
export function openUploadServices(
  environment: Pick<
    Environment,
    'STORAGE_URL' | 'S3_ACCESS_KEY' | 'S3_SECRET_KEY' | 'CLAMD_URL' | 'SIGNATURE_ROOTS'
  >,
  onFault: (message: string) => void,
): UploadServices & { close: () => Promise<void> } {
  const trustedRoots = readTrustedRoots(environment.SIGNATURE_ROOTS);
  const storage = createStorage(environment.STORAGE_URL, {
    accessKey: environment.S3_ACCESS_KEY,
    secretKey: environment.S3_SECRET_KEY,
    timeoutMs: storageMs,
  });
  const antivirus = createAntivirus(environment.CLAMD_URL === '' ? undefined : environment.CLAMD_URL, {
    timeoutMs: antivirusMs,
  });
  const inspector = createInspector({ timeoutMs: inspectionMs, maxWaitMs: inspectionWaitMs, onFault });
  const signatures = createSignatureChecker({ timeoutMs: signatureMs, maxWaitMs: signatureWaitMs });
  return {
    storage,
    antivirus,
    inspector,
    signatures,
    trustedRoots,
    close: async () => {
      await inspector.close();
      await signatures.close();
      storage.close();
    },
  };
}
