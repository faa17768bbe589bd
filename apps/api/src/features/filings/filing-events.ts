import type { FilingId, SubscriptionId } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { type NewEvent, recordEvents } from '../webhooks/record-events.ts';
import type { FilingRecord } from './filings.transitions.ts';

/** The subscription's code, « N° de dossier ». */
interface Numbered {
  readonly code: string;
}

const dataOf = ({ id, subscriptionId, authority, ice, legalName }: FilingRecord, { code }: Numbered) => ({
  filingId: id as FilingId,
  subscriptionId: subscriptionId as SubscriptionId,
  authority,
  code,
  ice,
  legalName,
});
const audienceOf = ({ authority, accountId }: FilingRecord): NewEvent['audience'] => ({
  authority,
  accountId,
});

/** Tells each authority what was sent to it, and the operator's own systems. */
export async function recordSubmission(
  tx: Transaction,
  subscription: Numbered,
  sent: readonly FilingRecord[],
  at: Date,
): Promise<void> {
  await recordEvents(
    tx,
    sent.map((filing) => ({
      type: 'subscription.submitted',
      at,
      audience: audienceOf(filing),
      data: {
        ...dataOf(filing, subscription),
        operatorType: filing.operatorType,
        submissions: filing.submissions,
        attached: filing.attached,
        submittedAt: at.toISOString(),
      },
    })),
  );
}

/** Tells the decision of a filing, whoever made it. `subscriptionCode`: the one that PortNet's validation drew. */
export async function recordFilingDecision(
  tx: Transaction,
  subscription: Numbered,
  filing: FilingRecord,
  { subscriptionCode, at }: { subscriptionCode: string | null; at: Date },
): Promise<void> {
  await recordEvents(tx, [
    {
      type: 'filing.decided',
      at,
      audience: audienceOf(filing),
      data: {
        ...dataOf(filing, subscription),
        outcome: filing.status === 'validated' ? 'validated' : 'incomplete',
        decidedAt: at.toISOString(),
        subscriptionCode,
      },
    },
  ]);
}
