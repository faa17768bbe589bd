/** What may happen to an operation on a customs account. */
import { z } from 'zod';
import { customsRequestStatuses, customsRequestTypes } from './customs-account.ts';
import type { ActorKind } from './filings.ts';

export const CustomsRequestType = z.enum(customsRequestTypes);
export type CustomsRequestType = z.infer<typeof CustomsRequestType>;
export const CustomsRequestStatus = z.enum(customsRequestStatuses);
export type CustomsRequestStatus = z.infer<typeof CustomsRequestStatus>;

export const customsRequestEvents = [
  'created',
  'submitted',
  /** A first agent accepted a cancellation for which two are needed. */
  'endorsed',
  'accepted',
  'rejected',
  /** A cancellation was accepted while this update waited: the system rejects it. */
  'closed',
  /** BADR wrote it. */
  'applied',
  /** BADR's record had changed since the decision: nothing was written. */
  'overtaken',
  /** BADR refused it for good. */
  'refused',
  /** An agent had it sent again. */
  'resent',
] as const;
export const CustomsRequestEvent = z.enum(customsRequestEvents);
export type CustomsRequestEvent = z.infer<typeof CustomsRequestEvent>;

interface Transition {
  readonly from: CustomsRequestStatus;
  readonly to: CustomsRequestStatus;
  readonly by: readonly ActorKind[];
}

/** What may happen to a request, and nothing else. Whether it may be sent at all is the account's state: `customs-account.ts`. */
export const customsRequestTransitions = {
  submitted: { from: 'draft', to: 'in_review', by: ['operator'] },
  endorsed: { from: 'in_review', to: 'in_review', by: ['agent', 'integrator'] },
  accepted: { from: 'in_review', to: 'accepted', by: ['agent', 'integrator'] },
  rejected: { from: 'in_review', to: 'rejected', by: ['agent', 'integrator'] },
  closed: { from: 'in_review', to: 'rejected', by: ['system'] },
} as const satisfies Partial<Record<CustomsRequestEvent, Transition>>;
export type CustomsRequestTransition = keyof typeof customsRequestTransitions;
