import type { Subscription } from '@rnoce/schemas/subscriptions';
import { paths } from '../../paths.ts';

export type ListedSubscription = Omit<Subscription, 'sections' | 'documents'>;

/** Where a subscription's number leads: to the step where the operator stopped, or to what was sent. */
export const subscriptionPath = ({
  id,
  editable,
  currentStep,
}: Pick<ListedSubscription, 'id' | 'editable' | 'currentStep'>): string =>
  editable ? paths.step(id, currentStep) : paths.summary(id);
