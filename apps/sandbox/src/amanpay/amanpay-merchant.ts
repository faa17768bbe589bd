/** How the portal is known to the sandbox's AmanPay. Invented, marked as the sandbox's: production refuses such values. */
export const sandboxAmanPayMerchant = {
  merchantId: '100001',
  accessKey: '5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a',
  secret: 'sandbox-amanpay-secret',
  organismId: '100',
  serviceId: '200',
  codeSecret: 'sandbox-amanpay-code-secret',
  notificationSecret: 'sandbox-amanpay-notification-secret',
};
export type AmanPayMerchant = typeof sandboxAmanPayMerchant;
