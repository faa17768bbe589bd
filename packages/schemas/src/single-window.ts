/** The accounts that PortNet's validation opens at the single window, one a user (spec/registration.md, After submission). */
import { z } from 'zod';
import { Instant } from './primitives.ts';

/** What each state means: `settled` once nothing more is tried by itself. */
export const singleWindowAccountStates = {
  /** Waits, or is tried again because the single window is away. */
  queued: { tone: 'info', settled: false },
  opened: { tone: 'success', settled: true },
  /** The single window refused it; an agent may ask again. */
  refused: { tone: 'danger', settled: true },
} as const satisfies Record<string, { tone: string; settled: boolean }>;
export type SingleWindowAccountStatus = keyof typeof singleWindowAccountStates;
export const singleWindowAccountStatuses = Object.keys(singleWindowAccountStates) as [
  SingleWindowAccountStatus,
  ...SingleWindowAccountStatus[],
];

export const SingleWindowAccount = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  status: z.enum(singleWindowAccountStatuses),
  /** When it was queued, opened or refused. */
  at: Instant,
  /** The login at the single window, once opened. */
  login: z.string().nullable(),
  /** Why it was refused, as the single window says; for agents, null for operators. */
  refusal: z.string().nullable(),
  /** Tries that failed because the single window was away. */
  tries: z.int(),
});
export type SingleWindowAccount = z.infer<typeof SingleWindowAccount>;
