import { z } from 'zod';

const text = z.string().trim().default('');

/** Settings of each payment provider, as its contract gives them: all, or none, and then the provider isn't offered. */
const providers = {
  CMI: {
    CMI_PAGE_URL: text,
    CMI_API_URL: text,
    CMI_CLIENT_ID: text,
    CMI_STORE_KEY: text,
    CMI_API_NAME: text,
    CMI_API_PASSWORD: text,
  },
  FATOURATI: {
    FATOURATI_TOKEN_URL: text,
    FATOURATI_API_URL: text,
    FATOURATI_CLIENT_ID: text,
    FATOURATI_CLIENT_SECRET: text,
    FATOURATI_MERCHANT_CODE: text,
    FATOURATI_STORE: text,
    FATOURATI_CASHIER_ID: text,
    FATOURATI_STORE_API_KEY: text,
  },
  AMANPAY: {
    AMANPAY_WIDGET_URL: text,
    AMANPAY_TOKEN_API_URL: text,
    AMANPAY_INQUIRY_URL: text,
    AMANPAY_MERCHANT_ID: text,
    AMANPAY_ACCESS_KEY: text,
    AMANPAY_SECRET: text,
    AMANPAY_ORGANISM_ID: text,
    AMANPAY_SERVICE_ID: text,
    AMANPAY_CODE_SECRET: text,
    AMANPAY_NOTIFICATION_SECRET: text,
  },
} as const;

/** The part of the environment about payment gateways. */
export const gatewaySettings = {
  ...providers.CMI,
  ...providers.FATOURATI,
  ...providers.AMANPAY,
  /** How AmanPay's notifications and inquiries are spoken (docs/decisions/007). `manual`: a person records what its back office shows. */
  AMANPAY_CONTRACT: z.enum(['assumed', 'manual']).default('assumed'),
  /** How long a reference or a code can be paid. Short, because nothing cancels one that is out. */
  PAYMENT_REFERENCE_HOURS: z.coerce.number().int().min(1).max(360).default(24),
};
type GatewaySettings = z.infer<z.ZodObject<typeof gatewaySettings>>;
type ProviderName = keyof typeof providers;

const keysOf = (name: ProviderName) => Object.keys(providers[name]) as (keyof GatewaySettings)[];

/** Whether a provider is configured: any of its settings is given. */
export const isConfigured = (settings: GatewaySettings, name: ProviderName): boolean =>
  keysOf(name).some((key) => settings[key] !== '');

/** What is missing of a provider that is configured by half. */
export const missingGatewaySettings = (settings: GatewaySettings): string[] =>
  (Object.keys(providers) as ProviderName[]).flatMap((name) =>
    isConfigured(settings, name) ? keysOf(name).filter((key) => settings[key] === '') : [],
  );

/** Hosts of the providers' tests, whose money is invented: `testpayment.cmi.co.ma`, `app-demo.amanpay.net`. */
const testHost = /^(?:test|localhost$|127\.|\[::1\])|[.-](?:dev|qa|demo|preprod|sandbox|test)(?:[.\d-]|$)/;

/** Reasons why these settings must not take the public's money. */
export function gatewayProductionFaults(settings: GatewaySettings): string[] {
  return (Object.keys(providers) as ProviderName[]).flatMap(keysOf).flatMap((key) => {
    const value = String(settings[key]);
    if (value === '') return [];
    if (value.includes('sandbox')) return [`${key} is a sandbox value`];
    if (!key.endsWith('_URL')) return [];
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url?.protocol !== 'https:') return [`${key} is not https`];
    return testHost.test(url.hostname) ? [`${key} leads to a test host`] : [];
  });
}
