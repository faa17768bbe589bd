import { z } from 'zod';
import { DocumentName } from './documents.ts';
import { ReasonCause } from './filings.ts';

const item = z
  .string()
  .max(60)
  .regex(/^(company\.\w+|managers\.[\w-]+)$/);

/** Why a request, one of its changes or one of its documents is refused. `account_cancelled` is the system's, when a cancellation closes an update. */
export const requestCauses = [...ReasonCause.options, 'account_cancelled'] as const;
export const RequestReason = z
  .strictObject({
    about: z.union([z.strictObject({ document: DocumentName }), z.strictObject({ item })]).optional(),
    cause: ReasonCause,
    text: z.string().trim().max(1000).default(''),
  })
  .refine(({ cause, text }) => cause !== 'other' || text.length > 0, {
    path: ['text'],
    params: { code: 'required' },
  });
export type RequestReason = z.infer<typeof RequestReason>;

export const RequestReasonView = z.object({
  about: z.union([z.object({ document: DocumentName }), z.object({ item: z.string() })]).optional(),
  cause: z.enum(requestCauses),
  text: z.string(),
});
export type RequestReasonView = z.infer<typeof RequestReasonView>;
