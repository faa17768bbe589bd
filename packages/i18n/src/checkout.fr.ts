import checkout from './fr/checkout.json' with { type: 'json' };

/** What the payment application says after the search, in one language: one chunk of its build. */
export const catalogue = { checkout };
