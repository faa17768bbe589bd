import { parentPort } from 'node:worker_threads';
import { judgeSignedContract, type SignedContractOrder } from './contract-check.ts';
import type { SignatureVerdict } from './signature-verdict.ts';

/** What a worker tells: that it is ready, then one answer to each order. */
export type SignatureReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'verdict'; readonly verdict: SignatureVerdict }
  /** A fault of ours. */
  | { readonly kind: 'failure'; readonly message: string };

function answer(order: SignedContractOrder): SignatureReport {
  try {
    return { kind: 'verdict', verdict: judgeSignedContract(order) };
  } catch (error) {
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
}

const port = parentPort;
if (port === null) throw new Error('signature-worker.ts is run as a worker thread');
port.on('message', (order: SignedContractOrder) => port.postMessage(answer(order)));
port.postMessage({ kind: 'ready' } satisfies SignatureReport);
