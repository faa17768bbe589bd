import { paymentBase } from '@rnoce/schemas/payment-paths';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import type { Environment } from './env.ts';
import { isConfigured } from './gateway-settings.ts';
import { createAmanPayGateway } from './integrations/amanpay/amanpay-gateway.ts';
import { createCmiGateway } from './integrations/cmi/cmi-gateway.ts';
import { createFatouratiGateway } from './integrations/fatourati/fatourati-gateway.ts';
import type { PaymentGateway } from './integrations/payment-gateway/payment-gateway.ts';

/** The gateways of this installation; a provider that isn't configured isn't there, and isn't offered. */
export type Gateways = Readonly<Partial<Record<PaymentProvider, PaymentGateway>>>;

/** Opens the configured gateways. Throws at once when a setting can't work. A new provider is one more line here. */
export function openGateways(environment: Environment, now: () => Date): Gateways {
  const base = environment.PUBLIC_URL.replace(/\/+$/, '');
  const api = `${base}/api/v1/gateways`;
  // Who pays without an e-mail: the providers demand one.
  const payerEmail = /<([^>]+)>/.exec(environment.MAIL_FROM)?.[1] ?? environment.MAIL_FROM;
  const payer = { payerEmail, payerName: 'Client' };
  return {
    ...(isConfigured(environment, 'CMI') && {
      cmi: createCmiGateway({
        hostedPageUrl: environment.CMI_PAGE_URL,
        apiUrl: environment.CMI_API_URL,
        clientId: environment.CMI_CLIENT_ID,
        storeKey: environment.CMI_STORE_KEY,
        apiName: environment.CMI_API_NAME,
        apiPassword: environment.CMI_API_PASSWORD,
        okUrl: `${api}/cmi/return?outcome=ok`,
        failUrl: `${api}/cmi/return?outcome=fail`,
        shopUrl: `${api}/cmi/return?outcome=cancel`,
        callbackUrl: `${api}/cmi/callback`,
        ...payer,
        now,
      }),
    }),
    ...(isConfigured(environment, 'FATOURATI') && {
      fatourati: createFatouratiGateway({
        tokenUrl: environment.FATOURATI_TOKEN_URL,
        apiUrl: environment.FATOURATI_API_URL,
        clientId: environment.FATOURATI_CLIENT_ID,
        clientSecret: environment.FATOURATI_CLIENT_SECRET,
        merchantCode: environment.FATOURATI_MERCHANT_CODE,
        store: environment.FATOURATI_STORE,
        cashierId: environment.FATOURATI_CASHIER_ID,
        storeApiKey: environment.FATOURATI_STORE_API_KEY,
        callbackUrl: `${api}/fatourati/payment`,
        checkStatusUrl: `${api}/fatourati/status`,
        cancelUrl: `${api}/fatourati/cancellation`,
        ...payer,
        payerPhone: environment.ASSISTANCE_PHONE.replaceAll(/\D/g, ''),
        now,
      }),
    }),
    ...(isConfigured(environment, 'AMANPAY') && {
      amanpay: createAmanPayGateway({
        widgetUrl: environment.AMANPAY_WIDGET_URL,
        tokenApiUrl: environment.AMANPAY_TOKEN_API_URL,
        inquiryUrl: environment.AMANPAY_INQUIRY_URL,
        merchantId: environment.AMANPAY_MERCHANT_ID,
        accessKey: environment.AMANPAY_ACCESS_KEY,
        secret: environment.AMANPAY_SECRET,
        organismId: environment.AMANPAY_ORGANISM_ID,
        serviceId: environment.AMANPAY_SERVICE_ID,
        codeSecret: environment.AMANPAY_CODE_SECRET,
        notificationSecret: environment.AMANPAY_NOTIFICATION_SECRET,
        contract: environment.AMANPAY_CONTRACT,
        callbackUrl: `${api}/amanpay/notification`,
        ...payer,
        now,
      }),
    }),
  };
}

/** Where the payment page's forms may lead, beside ourselves. */
export const formOrigins = ({ CMI_PAGE_URL, AMANPAY_WIDGET_URL }: Environment): string[] => {
  const pages = [CMI_PAGE_URL, AMANPAY_WIDGET_URL].filter((url) => url !== '');
  return [...new Set(pages.map((url) => new URL(url).origin))];
};

/** Whether an address is a page of payment. */
export const isPaymentPage = (url: string): boolean =>
  url === paymentBase || url.startsWith(`${paymentBase}/`);
