import { sandboxCmiMerchant } from '../../../../../sandbox/src/cmi/cmi-merchant.ts';
import type { CmiOptions } from '../cmi-settings.ts';

/** Settings for the sandbox's CMI and a merchant at those addresses. */
export const cmiOptions = (sandboxUrl: string, merchantUrl: string): CmiOptions => ({
  hostedPageUrl: `${sandboxUrl}/cmi/fim/est3Dgate`,
  apiUrl: `${sandboxUrl}/cmi/fim/api`,
  ...sandboxCmiMerchant,
  okUrl: `${merchantUrl}/return/ok`,
  failUrl: `${merchantUrl}/return/fail`,
  shopUrl: `${merchantUrl}/return/cancel`,
  callbackUrl: `${merchantUrl}/callback`,
  payerEmail: 'paiement@rnoce.example',
  payerName: 'Client',
});
