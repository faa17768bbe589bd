import type { OutsideCallerOptions } from '../outside-call/outside-caller.ts';
import type { GatewayZone } from '../payment-gateway/local-time.ts';

export interface AmanPayOptions extends OutsideCallerOptions {
  /** Where the widget's form is posted: `https://app-demo.amanpay.net:8443/widget/`. */
  readonly widgetUrl: string;
  /** `https://oper-token-api-preprod.m2t.ma`, without `/api/v2/token`. */
  readonly tokenApiUrl: string;
  /** Where an order is asked about: an assumption, see `amanpay-contract.ts`. */
  readonly inquiryUrl: string;
  readonly merchantId: string;
  /** Public: it stands in the form. */
  readonly accessKey: string;
  /** Signs the widget's form. */
  readonly secret: string;
  readonly organismId: string;
  readonly serviceId: string;
  /** Signs the requests for payment codes. */
  readonly codeSecret: string;
  /** Signs notifications and inquiries, in the assumed contract. */
  readonly notificationSecret: string;
  readonly callbackUrl: string;
  readonly payerEmail: string;
  readonly payerName: string;
  /** How notifications and inquiries are spoken. `manual`: not at all, a person records everything. */
  readonly contract?: 'assumed' | 'manual';
  /** The unit of `orderAmount`, not public. */
  readonly orderAmountUnit?: 'decimal' | 'centimes';
  /** The zone of dates written without one. */
  readonly timeZone?: GatewayZone;
  readonly now?: () => Date;
  readonly newId?: () => string;
}

export const amanPayProvider = 'amanpay';

/** Throws when a setting is missing or can't work. */
export function assertAmanPayOptions(options: AmanPayOptions): void {
  for (const key of ['merchantId', 'accessKey', 'organismId', 'serviceId'] as const)
    if (!/^[\w-]{1,80}$/.test(options[key])) throw new Error(`AmanPay: ${key} is not a code.`);
  for (const key of ['secret', 'codeSecret', 'notificationSecret'] as const)
    if (options[key].trim() === '') throw new Error(`AmanPay: ${key} is empty.`);
  for (const key of ['widgetUrl', 'tokenApiUrl', 'inquiryUrl', 'callbackUrl'] as const)
    if (!URL.canParse(options[key])) throw new Error(`AmanPay: ${key} is not an address.`);
}
