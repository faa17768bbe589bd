/** How the portal is known to the sandbox's CMI. Invented, marked as the sandbox's: production refuses such values. */
export const sandboxCmiMerchant = {
  clientId: '600000999',
  storeKey: 'sandbox-cmi-store-key',
  apiName: 'sandbox-cmi-api',
  apiPassword: 'sandbox-cmi-password',
};
export type CmiMerchant = typeof sandboxCmiMerchant;
