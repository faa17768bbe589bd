import { z } from 'zod';
import { FaultSwitch } from '../faults/fault-switch.ts';

/** What BADR can answer that is no answer; each must be taken for « unavailable », never for « not registered ». */
export const nonsenseVariants = {
  html: 'une page HTML, en 200',
  html_404: 'une page HTML, en 404',
  bare_404: 'un 404 JSON sans le code attendu',
  wrong_types: 'du JSON dont les types sont faux',
  wrong_company: 'la fiche d’une autre société',
  truncated: 'du JSON tronqué',
  cut_midway: 'un corps coupé en cours de route',
  empty: 'un corps vide, en 200',
  not_utf8: 'des octets qui ne sont pas de l’UTF-8',
  wrong_type_header: 'du JSON annoncé text/plain',
  redirect: 'une redirection',
  giant: 'un corps de 8 Mo',
} as const;
export type NonsenseVariant = keyof typeof nonsenseVariants;

export const badrModes = {
  normal: 'répond normalement',
  slow: 'répond, mais tard',
  down: 'coupe la connexion',
  error: 'répond 500',
  nonsense: 'répond n’importe quoi',
  refuse: 'refuse les inscriptions et les opérations (422), répond normalement au reste',
  cut_after: 'fait l’opération, puis coupe la connexion',
  late_after: 'fait l’opération, puis répond tard',
} as const;
export type BadrMode = keyof typeof badrModes;

export interface BadrFault {
  mode: BadrMode;
  /** Milliseconds, when slow or late. */
  delayMs: number;
  /** When nonsense. */
  variant: NonsenseVariant;
}

export const normalBadr: BadrFault = { mode: 'normal', delayMs: 0, variant: 'html' };

export const SetBadrModeBody = z.strictObject({
  mode: z.enum(Object.keys(badrModes) as [BadrMode, ...BadrMode[]]),
  delayMs: z.coerce.number().int().min(0).max(120_000).default(8_000),
  variant: z.enum(Object.keys(nonsenseVariants) as [NonsenseVariant, ...NonsenseVariant[]]).default('html'),
  calls: z.coerce.number().int().min(1).max(10_000).optional(),
  ice: z
    .string()
    .regex(/^\d{15}$/)
    .optional(),
});
export type SetBadrModeBody = z.infer<typeof SetBadrModeBody>;

/** Puts the mode in force; `normal` lifts the rule of its ICE, or every rule when it names none. */
export function setBadrMode(faults: FaultSwitch<BadrFault>, body: SetBadrModeBody): void {
  if (body.mode === 'normal') {
    faults.clear(body.ice);
    return;
  }
  faults.set({
    fault: { mode: body.mode, delayMs: body.delayMs, variant: body.variant },
    ...(body.ice !== undefined && { target: body.ice }),
    ...(body.calls !== undefined && { callsLeft: body.calls }),
  });
}

export const createBadrFaults = (): FaultSwitch<BadrFault> => new FaultSwitch(normalBadr);
