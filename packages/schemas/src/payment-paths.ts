/** Addresses of the payment page that others point to (gateways' returns, e-mails, QR codes), without zod: the page's own routes use them too. */

/** Where the payment page lives below the portal's public address. */
export const paymentBase = '/paiement';
/** Below `paymentBase`. Whoever holds an order's address may read the order. */
export const orderPath = (orderId: string): `/${string}` => `/commandes/${orderId}`;
/** Below `paymentBase`: says whether a receipt is genuine, by the code printed on it. */
export const receiptPath = (code: string): `/${string}` => `/recus/${code}`;
