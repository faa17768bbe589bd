import type { CustomsRequestId } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { recordEvents } from '../webhooks/record-events.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

const dataOf = ({ id, reference, type, ice, legalName }: RequestRecord) => ({
  customsRequestId: id as CustomsRequestId,
  reference,
  type,
  ice,
  legalName,
});
const audienceOf = ({ accountId }: RequestRecord) => ({ authority: 'customs', accountId }) as const;

/** Tells customs' and the operator's own systems that a request was sent. */
export async function recordRequestSubmission(
  tx: Transaction,
  request: RequestRecord,
  at: Date,
): Promise<void> {
  const data = { ...dataOf(request), submittedAt: at.toISOString() };
  await recordEvents(tx, [{ type: 'customs_request.submitted', at, audience: audienceOf(request), data }]);
}

/** Tells them what became of it: an update that the cancellation of its account closed is rejected. */
export async function recordRequestDecision(
  tx: Transaction,
  request: RequestRecord,
  at: Date,
): Promise<void> {
  const outcome = request.status === 'accepted' ? 'accepted' : 'rejected';
  const data = { ...dataOf(request), outcome, decidedAt: at.toISOString() } as const;
  await recordEvents(tx, [{ type: 'customs_request.decided', at, audience: audienceOf(request), data }]);
}
