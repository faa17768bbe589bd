import type { ManagedAgent } from '@rnoce/schemas/agents';

type LinkOf = Pick<ManagedAgent, 'status' | 'invitationExpiresAt'>;

/** Limits are shown and compared to the minute, in milliseconds: one that ends in this minute has ended. */
const minute = 60_000;

/** Whether an invited agent has no link that still works. */
export const linkIsOver = ({ status, invitationExpiresAt }: LinkOf, now: Date): boolean =>
  status === 'invited' &&
  (invitationExpiresAt === null || Date.parse(invitationExpiresAt) < now.getTime() + minute);
