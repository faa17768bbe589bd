import { z } from 'zod';
import type { FaultSwitch } from './fault-switch.ts';

type Texts<Code extends string> = Readonly<Record<Code, string>>;

/** How a system that is asked about companies misbehaves. */
export interface CompanyFault<Mode extends string, Variant extends string> {
  mode: Mode;
  /** Milliseconds, when slow or late. */
  delayMs: number;
  /** When nonsense. */
  variant: Variant;
}

const codesOf = <Code extends string>(texts: Texts<Code>) => z.enum(Object.keys(texts) as [Code, ...Code[]]);

/** The order of a fault: for everyone or for one company, for good or for some calls. */
export const companyFaultBody = <Mode extends string, Variant extends string>(
  modes: Texts<Mode>,
  variants: Texts<Variant>,
  variant: NoInfer<Variant>,
) =>
  z.strictObject({
    mode: codesOf(modes),
    delayMs: z.coerce.number().int().min(0).max(120_000).default(8_000),
    variant: codesOf(variants).prefault(variant),
    calls: z.coerce.number().int().min(1).max(10_000).optional(),
    ice: z
      .string()
      .regex(/^\d{15}$/)
      .optional(),
  });

/** Puts a mode in force; `normal` lifts the rule of its ICE, or every rule when it names none. */
export function setCompanyFault<Mode extends string, Variant extends string>(
  faults: FaultSwitch<CompanyFault<Mode, Variant>>,
  {
    calls,
    ice,
    ...fault
  }: CompanyFault<Mode, Variant> & { calls?: number | undefined; ice?: string | undefined },
): void {
  if (fault.mode === 'normal') faults.clear(ice);
  else
    faults.set({
      fault,
      ...(ice !== undefined && { target: ice }),
      ...(calls !== undefined && { callsLeft: calls }),
    });
}
