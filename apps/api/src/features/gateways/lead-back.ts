import { orderPath, paymentBase } from '@rnoce/schemas/payment-paths';
import type { Deps } from '../../deps.ts';
import { findAttemptByReference } from '../payments/payments.repository.ts';

const undecided = new Set(['redirected', 'refused', 'unknown']);

/**
 * Where a payer who comes back from CMI's page is led: their order, found by the signed `oid`; else the payment page. What the browser brings
 * proves nothing and changes nothing; a gateway whose
 * notification hasn't come yet is asked, also after a refusal: the same page takes another try.
 */
export async function leadBack(deps: Deps, body: Buffer): Promise<string> {
  const { attemptReference } = deps.gateways.cmi?.readReturn({ body }) ?? {};
  const attempt =
    attemptReference === undefined
      ? undefined
      : await findAttemptByReference(deps.database, attemptReference);
  if (!attempt) return `${paymentBase}/`;
  if (undecided.has(attempt.status))
    await deps.jobs.send(deps.database, 'inquire-attempt', { attemptId: attempt.id });
  return `${paymentBase}${orderPath(attempt.orderId)}`;
}
