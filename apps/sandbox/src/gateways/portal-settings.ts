import { sandboxAmanPayMerchant } from '../amanpay/amanpay-merchant.ts';
import { sandboxCmiMerchant } from '../cmi/cmi-merchant.ts';
import { sandboxFatouratiMerchant } from '../fatourati/fatourati-merchant.ts';
import { singleWindowKey } from '../single-window/single-window-key.ts';

/**
 * The settings by which a portal pays at a sandbox and opens accounts at its single window. `pagesUrl`: where the payer's browser reaches it, when the portal's own processes reach it
 * elsewhere.
 */
export const portalSettings = (
  sandboxUrl: string,
  pagesUrl: string = sandboxUrl,
): Record<string, string> => ({
  SINGLE_WINDOW_URL: `${sandboxUrl}/single-window`,
  SINGLE_WINDOW_KEY: singleWindowKey,
  CMI_PAGE_URL: `${pagesUrl}/cmi/fim/est3Dgate`,
  CMI_API_URL: `${sandboxUrl}/cmi/fim/api`,
  CMI_CLIENT_ID: sandboxCmiMerchant.clientId,
  CMI_STORE_KEY: sandboxCmiMerchant.storeKey,
  CMI_API_NAME: sandboxCmiMerchant.apiName,
  CMI_API_PASSWORD: sandboxCmiMerchant.apiPassword,
  FATOURATI_TOKEN_URL: `${sandboxUrl}/fatourati/realms/pay-gate-ext-qa/protocol/openid-connect/token`,
  FATOURATI_API_URL: `${sandboxUrl}/fatourati`,
  FATOURATI_CLIENT_ID: sandboxFatouratiMerchant.clientId,
  FATOURATI_CLIENT_SECRET: sandboxFatouratiMerchant.clientSecret,
  FATOURATI_MERCHANT_CODE: sandboxFatouratiMerchant.merchantCode,
  FATOURATI_STORE: sandboxFatouratiMerchant.store,
  FATOURATI_CASHIER_ID: sandboxFatouratiMerchant.cashierId,
  FATOURATI_STORE_API_KEY: sandboxFatouratiMerchant.storeApiKey,
  AMANPAY_WIDGET_URL: `${pagesUrl}/amanpay/widget/`,
  AMANPAY_TOKEN_API_URL: `${sandboxUrl}/amanpay`,
  AMANPAY_INQUIRY_URL: `${sandboxUrl}/amanpay/api/v1`,
  AMANPAY_MERCHANT_ID: sandboxAmanPayMerchant.merchantId,
  AMANPAY_ACCESS_KEY: sandboxAmanPayMerchant.accessKey,
  AMANPAY_SECRET: sandboxAmanPayMerchant.secret,
  AMANPAY_ORGANISM_ID: sandboxAmanPayMerchant.organismId,
  AMANPAY_SERVICE_ID: sandboxAmanPayMerchant.serviceId,
  AMANPAY_CODE_SECRET: sandboxAmanPayMerchant.codeSecret,
  AMANPAY_NOTIFICATION_SECRET: sandboxAmanPayMerchant.notificationSecret,
});
