import type { OutsideCallerOptions } from '../outside-call/outside-caller.ts';

/** How we are known to CMI, and where things are. All addresses are absolute. */
export interface CmiOptions extends OutsideCallerOptions {
  /** `https://payment.cmi.co.ma/fim/est3Dgate`. */
  readonly hostedPageUrl: string;
  /** `https://payment.cmi.co.ma/fim/api`. */
  readonly apiUrl: string;
  readonly clientId: string;
  /** Chosen in CMI's Merchant Center; signs both directions, never leaves the server. */
  readonly storeKey: string;
  /** User of the XML API. */
  readonly apiName: string;
  readonly apiPassword: string;
  /** Where CMI posts the payer's browser back, after an acceptance and after a refusal. The same for every attempt: they are compared. */
  readonly okUrl: string;
  readonly failUrl: string;
  /** Where « Annuler » leads. */
  readonly shopUrl: string;
  /** Where CMI notifies, server to server. */
  readonly callbackUrl: string;
  /** Stand-ins for a payer who gave no e-mail or no name; CMI demands both. */
  readonly payerEmail: string;
  readonly payerName: string;
  readonly now?: () => Date;
  /** Random and new each time, for `rnd`. */
  readonly newRandom?: () => string;
}

export const cmiProvider = 'cmi';
export const storeType = '3D_PAY_HOSTING';
export const tranType = 'PreAuth';

/** Throws when a setting is missing or can't work. */
export function assertCmiOptions(options: CmiOptions): void {
  for (const key of ['clientId', 'storeKey', 'apiName', 'apiPassword'] as const)
    if (!/^\S+$/.test(options[key])) throw new Error(`CMI: ${key} is empty or has blanks.`);
  for (const key of ['hostedPageUrl', 'apiUrl', 'okUrl', 'failUrl', 'shopUrl', 'callbackUrl'] as const)
    if (!URL.canParse(options[key])) throw new Error(`CMI: ${key} is not an address.`);
  if (options.okUrl === options.failUrl) throw new Error('CMI: okUrl and failUrl must differ.');
}
