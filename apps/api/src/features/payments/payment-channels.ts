import type { PaymentChannel, PaymentMethod } from '@rnoce/schemas';
import { channelOf, type PaymentProvider, paymentMethods } from '@rnoce/schemas/payment-states';
import type { Gateways } from '../../gateways.ts';
import type { PaymentChannel as GatewayChannel } from '../../integrations/payment-gateway/payment-gateway.ts';

/** The gateways' word for each channel that a payer chooses. */
export const gatewayChannels = {
  card: 'card',
  fatourati: 'bank_reference',
  tashilat: 'cash_code',
  direct_debit: 'direct_debit',
} as const satisfies Record<PaymentChannel, GatewayChannel>;

const channels = Object.keys(gatewayChannels) as PaymentChannel[];

/** The gateway that serves a method's channel here; undefined when the method doesn't have it, or its provider isn't configured. */
export function gatewayOf(gateways: Gateways, method: PaymentMethod, channel: PaymentChannel) {
  const rule = channelOf(method, channel);
  const gateway = rule && gateways[rule.provider];
  return rule && gateway?.channels.includes(gatewayChannels[channel]) ? { ...rule, gateway } : undefined;
}

/** What can be chosen here, methods without any channel left out. */
export const offeredMethods = (gateways: Gateways) =>
  (Object.keys(paymentMethods) as PaymentMethod[]).flatMap((method) => {
    const offered = channels.filter((channel) => gatewayOf(gateways, method, channel));
    return offered.length > 0 ? [{ method, channels: offered }] : [];
  });

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long after its end a visit, a reference or a code without money is over (reference/payment-gateways.md §4.3), in milliseconds. */
export const graceMs = {
  card: 15 * minute,
  fatourati: day,
  tashilat: day,
  direct_debit: day,
} as const satisfies Record<PaymentChannel, number>;

/**
 * What is particular to each provider. `mayStillPay`: a reference that was refused can be paid by another try. `takesBack`: money that was
 * announced may be taken back days later. `namesPayments`: a reference can be paid by several transactions, and whatever becomes of one is told
 * under its own number. `watchMs`: how long after its end an attempt that was given up is still asked about; CMI closes its
 * page, the others may take money all the same.
 */
export const providerRules = {
  cmi: { mayStillPay: true, takesBack: false, namesPayments: false, watchMs: 15 * minute },
  fatourati: { mayStillPay: true, takesBack: false, namesPayments: true, watchMs: day },
  amanpay: { mayStillPay: false, takesBack: true, namesPayments: false, watchMs: day },
} as const satisfies Record<PaymentProvider, object>;
