import { z } from 'zod';
import { FaultSwitch } from '../faults/fault-switch.ts';

export const inboxModes = {
  accept: 'accepte tout',
  tempfail: 'refuse pour un temps (451)',
  permfail: 'refuse pour de bon (550)',
  slow: 'accepte, mais tard',
  down: 'coupe la connexion',
} as const;
export type InboxMode = keyof typeof inboxModes;

export interface InboxFault {
  mode: InboxMode;
  /** Milliseconds, when slow. */
  delayMs: number;
}

export const SetInboxModeBody = z.strictObject({
  mode: z.enum(Object.keys(inboxModes) as [InboxMode, ...InboxMode[]]),
  delayMs: z.coerce.number().int().min(0).max(120_000).default(8_000),
  calls: z.coerce.number().int().min(1).max(10_000).optional(),
  to: z.email().toLowerCase().optional(),
});
export type SetInboxModeBody = z.infer<typeof SetInboxModeBody>;

/** Puts the mode in force; `accept` lifts the rule of its recipient, or every rule when it names none. */
export function setInboxMode(faults: FaultSwitch<InboxFault>, body: SetInboxModeBody): void {
  if (body.mode === 'accept') {
    faults.clear(body.to);
    return;
  }
  faults.set({
    fault: { mode: body.mode, delayMs: body.delayMs },
    ...(body.to !== undefined && { target: body.to }),
    ...(body.calls !== undefined && { callsLeft: body.calls }),
  });
}

export const createInboxFaults = (): FaultSwitch<InboxFault> =>
  new FaultSwitch({ mode: 'accept', delayMs: 0 });
