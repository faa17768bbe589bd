import type { OutsideCallerOptions } from '../outside-call/outside-caller.ts';
import type { GatewayZone } from '../payment-gateway/local-time.ts';

export interface FatouratiOptions extends OutsideCallerOptions {
  /** The OAuth2 token endpoint, in full. */
  readonly tokenUrl: string;
  /** `https://agg-merchant-qa.cmi.co.ma`, without `/api/v1`. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly merchantCode: string;
  readonly store: string;
  readonly cashierId: string;
  /** Signs both directions. */
  readonly storeApiKey: string;
  /** Our addresses that Fatourati calls: payment, status, cancellation. */
  readonly callbackUrl: string;
  readonly checkStatusUrl: string;
  readonly cancelUrl: string;
  readonly payerEmail: string;
  readonly payerName: string;
  readonly payerPhone: string;
  /** The zone of dates written without one. The only public client writes them in UTC. */
  readonly timeZone?: GatewayZone;
  readonly now?: () => Date;
}

export const fatouratiProvider = 'fatourati';
export const paymentMode = 'MULTI_CANAL';

/** Throws when a setting is missing or can't work. */
export function assertFatouratiOptions(options: FatouratiOptions): void {
  for (const key of ['merchantCode', 'store', 'cashierId'] as const)
    if (!/^[\w-]{1,50}$/.test(options[key])) throw new Error(`Fatourati: ${key} is not a code.`);
  for (const key of ['clientId', 'clientSecret', 'storeApiKey'] as const)
    if (options[key].trim() === '') throw new Error(`Fatourati: ${key} is empty.`);
  for (const key of ['tokenUrl', 'apiUrl', 'callbackUrl', 'checkStatusUrl', 'cancelUrl'] as const)
    if (!URL.canParse(options[key])) throw new Error(`Fatourati: ${key} is not an address.`);
}
