import type { Configuration, PaymentChannel, PaymentMethod } from '@rnoce/schemas';
import { channelOf } from '@rnoce/schemas/payment-states';
import type { IconName } from '../../controls/icon.tsx';

/** What a payer chooses: a method, and the channel of it. */
export interface Choice {
  readonly method: PaymentMethod;
  readonly channel: PaymentChannel;
}

export type Offer = Configuration['payment']['methods'];

/** What this installation offers among the methods that all the invoices accept. */
export const offerFor = (offered: Offer, accepted: readonly PaymentMethod[]): Offer =>
  offered.filter(({ method, channels }) => accepted.includes(method) && channels.length > 0);

/** A choice as the value of a radio button, and back. */
export const valueOf = ({ method, channel }: Choice): string => `${method}.${channel}`;
export const choiceOf = (offer: Offer, value: string): Choice | undefined =>
  offer
    .flatMap(({ method, channels }) => channels.map((channel) => ({ method, channel })))
    .find((choice) => valueOf(choice) === value);

/** Whether the payer is given a reference to pay elsewhere, instead of being led to the gateway's page. */
export const givesReference = ({ method, channel }: Choice): boolean =>
  channelOf(method, channel)?.kind === 'reference';

export const channelIcons = {
  card: 'card',
  fatourati: 'mobile',
  tashilat: 'cash',
  direct_debit: 'bank',
} as const satisfies Record<PaymentChannel, IconName>;
