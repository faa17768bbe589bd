import { OperatorType } from '@rnoce/schemas/operator-types';
import { z } from 'zod';

/**
 * What the single window is sent and answers (docs/decisions/016-single-window-protocol.md): an assumption, and the only place that knows it
 * beside the adapter. Free texts are bounded as the form bounds them, never judged again.
 */

const text = z.string().min(1).max(500);

/** A person who is to have an account, and the operator for whom they work. */
export const AccountOpening = z.object({
  subscriptionCode: z.string().regex(/^[0-9A-Z]{4}$/),
  operator: z.object({
    ice: z.string().regex(/^\d{15}$/),
    legalName: text,
    operatorType: OperatorType,
  }),
  user: z.object({
    lastName: text,
    firstName: text,
    email: z.string().min(1).max(254),
    cin: z.string().min(1).max(50),
    idAddress: text,
    idExpiresOn: z.iso.date(),
  }),
});
export type AccountOpening = z.infer<typeof AccountOpening>;

/** The account that was opened, or had been for the same reference. */
export const OpenedAccount = z.object({
  login: z.string().min(1).max(100),
  openedAt: z.iso.datetime({ offset: true }),
});
export type OpenedAccount = z.infer<typeof OpenedAccount>;

export const OpeningRefused = z.object({ code: z.literal('REFUSED'), reason: z.string().max(1000) });
export const ReferenceUsed = z.object({ code: z.literal('REFERENCE_ALREADY_USED') });

/** The header that carries the key. */
export const keyHeader = 'x-api-key';
