import { type AttemptStatus, type Observation, recordable } from '@rnoce/schemas';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import type { Deps } from '../../deps.ts';
import { silenceLimit } from '../payments/attempt-times.ts';

/**
 * What a person may record of an attempt now. Money that was taken is the provider's own to tell: a person's word counts for it only where the
 * provider can't be asked (docs/decisions/007, `manual`), isn't configured any more, or has given no answer about this attempt for hours.
 */
export function recordableNow(
  { gateways, now }: Pick<Deps, 'gateways' | 'now'>,
  attempt: {
    readonly status: AttemptStatus;
    readonly provider: PaymentProvider;
    readonly silentSince: Date | null;
  },
): Observation[] {
  const gateway = gateways[attempt.provider];
  const silent =
    attempt.silentSince !== null && now().getTime() - attempt.silentSince.getTime() > silenceLimit;
  const tells = gateway?.answersInquiries === true && !silent;
  return recordable[attempt.status].filter((observation) => observation !== 'captured' || !tells);
}
