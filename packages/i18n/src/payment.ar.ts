import payment from './ar/payment.json' with { type: 'json' };

/** What the payment application says in one language: one chunk of its build. */
export const catalogue = { payment };
