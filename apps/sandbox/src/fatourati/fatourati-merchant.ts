/** How the portal is known to the sandbox's Fatourati. Invented, marked as the sandbox's: production refuses such values. */
export const sandboxFatouratiMerchant = {
  clientId: 'sandbox-fatourati-client',
  clientSecret: 'sandbox-fatourati-secret',
  merchantCode: 'MERCH01',
  store: 'STORE01',
  cashierId: 'CASHIER01',
  storeApiKey: 'sandbox-fatourati-store-api-key',
};
export type FatouratiMerchant = typeof sandboxFatouratiMerchant;
