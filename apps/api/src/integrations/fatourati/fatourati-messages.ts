import { z } from 'zod';

/** What Fatourati sends and answers. Names it doesn't promise are ignored; what counts is checked by form. */

const short = z.string().max(200);

/** An amount as a JSON number or as text: `840`, `840.1`, `"840.00"`; becomes a decimal with two places. */
const Amount = z.union([z.string(), z.number()]).transform((said, context) => {
  const [, whole, places = ''] = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(String(said)) ?? [];
  if (whole !== undefined) return `${whole}.${places.padEnd(2, '0')}`;
  context.addIssue({ code: 'custom', message: 'Not an amount.' });
  return z.NEVER;
});

export const AccessToken = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
  expires_in: z.number().int().positive().max(86_400),
});

export const CreatedToken = z.object({
  status: z.enum(['SUCCESS', 'CREATED']),
  orderId: short,
  tokenRef: z.string().regex(/^\d{13}$/),
  qrCode: z.string().max(400_000).nullish(),
  refPaymentSystems: z
    .array(z.object({ description: short.nullish() }))
    .max(200)
    .nullish(),
});

export const Refused = z.object({ code: short.nullish(), message: z.string().max(2_000).nullish() });

export const TokenStatus = z.object({
  tokenRef: z.string().regex(/^\d{13}$/),
  orderId: short,
  status: z.enum(['CREATED', 'CONSUMED', 'EXPIRED', 'CANCELLED']),
  currency: short.nullish(),
  paidAmount: Amount.nullish(),
  refundedAmount: Amount.nullish(),
  transactions: z
    .array(z.union([z.string(), z.object({ fatouratiTransactionNumber: z.string() })]))
    .max(100)
    .nullish()
    // Its items are in no public document: what can't be read says nothing.
    .catch(null),
});
export type TokenStatus = z.infer<typeof TokenStatus>;

export const TransactionStatus = z.object({
  orderId: short,
  fatouratiTransactionNumber: short,
  status: z.enum(['PAID', 'COMPLETED', 'PENDING', 'CANCELLED', 'CANCELED', 'REJECTED', 'FAILED']),
  merchantCode: short.nullish(),
  store: short.nullish(),
  currency: short.nullish(),
  paidAmount: Amount.nullish(),
  totalAmount: Amount.nullish(),
  refundedAmount: Amount.nullish(),
});
export type TransactionStatus = z.infer<typeof TransactionStatus>;

/** A signed value: present, not blank, without the separator or blanks around. */
const signed = z.string().regex(/^[^\s|](?:[^|]{0,98}[^\s|])?$/);

const common = {
  totalAmount: Amount,
  currency: signed,
  merchantCode: signed,
  store: signed,
  tokenRef: signed,
  orderId: signed,
  fatouratiTransactionNumber: z.string().regex(/^[\w-]{1,50}$/),
};
export const PaymentNotice = z.object({
  ...common,
  operator: signed,
  channel: signed,
  paymentMode: signed,
  /** Not signed. 0 confirmed, 1 refused, 2 already processed; absent is none of them. */
  decisionCode: z.union([z.literal([0, 1, 2]), z.literal(['0', '1', '2'])]).transform(Number),
});
export type PaymentNotice = z.infer<typeof PaymentNotice>;
/** The same without the unsigned verdict, to tell a wrong signature from a missing verdict. */
export const SignedPayment = PaymentNotice.omit({ decisionCode: true });
export const CancellationNotice = z.object(common);
