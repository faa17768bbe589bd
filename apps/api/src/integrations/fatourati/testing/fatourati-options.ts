import { sandboxFatouratiMerchant } from '../../../../../sandbox/src/fatourati/fatourati-merchant.ts';
import type { FatouratiOptions } from '../fatourati-settings.ts';

/** Settings for the sandbox's Fatourati and a merchant at those addresses. */
export const fatouratiOptions = (sandboxUrl: string, merchantUrl: string): FatouratiOptions => ({
  tokenUrl: `${sandboxUrl}/fatourati/realms/pay-gate-ext-qa/protocol/openid-connect/token`,
  apiUrl: `${sandboxUrl}/fatourati`,
  ...sandboxFatouratiMerchant,
  callbackUrl: `${merchantUrl}/callback`,
  checkStatusUrl: `${merchantUrl}/status`,
  cancelUrl: `${merchantUrl}/cancel`,
  payerEmail: 'paiement@rnoce.example',
  payerName: 'Client',
  payerPhone: '0500000000',
});
