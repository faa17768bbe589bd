import { sandboxAmanPayMerchant } from '../../../../../sandbox/src/amanpay/amanpay-merchant.ts';
import type { AmanPayOptions } from '../amanpay-settings.ts';

/** Settings for the sandbox's AmanPay and a merchant at those addresses. */
export const amanPayOptions = (sandboxUrl: string, merchantUrl: string): AmanPayOptions => ({
  widgetUrl: `${sandboxUrl}/amanpay/widget/`,
  tokenApiUrl: `${sandboxUrl}/amanpay`,
  inquiryUrl: `${sandboxUrl}/amanpay/api/v1`,
  ...sandboxAmanPayMerchant,
  callbackUrl: `${merchantUrl}/callback`,
  payerEmail: 'paiement@rnoce.example',
  payerName: 'Client',
});
