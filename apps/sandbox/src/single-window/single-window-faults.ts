import { z } from 'zod';
import { type CompanyFault, companyFaultBody, setCompanyFault } from '../faults/company-fault.ts';
import { FaultSwitch } from '../faults/fault-switch.ts';

export const singleWindowModes = {
  normal: 'répond normalement',
  slow: 'répond, mais tard',
  down: 'coupe la connexion',
  error: 'répond 500',
  nonsense: 'répond n’importe quoi',
  cut_after: 'ouvre le compte, puis coupe la connexion sans répondre',
  late_after: 'ouvre le compte, mais tarde à le dire',
  refuse: 'refuse les comptes (422)',
} as const;
export type SingleWindowMode = keyof typeof singleWindowModes;

/** What it can answer that is no answer; each must be taken for « indisponible », never for an opened account. */
export const singleWindowNonsense = {
  html: 'une page HTML, en 200',
  wrong_types: 'du JSON dont les types sont faux',
  truncated: 'du JSON tronqué',
  empty: 'un corps vide, en 200',
} as const;
export type SingleWindowNonsense = keyof typeof singleWindowNonsense;

export type SingleWindowFault = CompanyFault<SingleWindowMode, SingleWindowNonsense>;

export const normalSingleWindow: SingleWindowFault = { mode: 'normal', delayMs: 0, variant: 'html' };

export const SetSingleWindowModeBody = companyFaultBody(singleWindowModes, singleWindowNonsense, 'html');

/** Refusals that testers order beforehand: of an e-mail until it is unmarked, or of the n-th account to come of a company. */
export const MarkBody = z.strictObject({ email: z.email(), refused: z.stringbool().or(z.boolean()) });
export const RefuseNthBody = z.strictObject({
  ice: z.string().regex(/^\d{15}$/),
  nth: z.coerce.number().int().min(1).max(100),
});

/** How the sandbox's single window misbehaves. */
export class SingleWindowFaults {
  readonly modes = new FaultSwitch<SingleWindowFault>(normalSingleWindow);
  readonly #refusedEmails = new Set<string>();
  /** By ICE, how many accounts are still opened before the one that is refused. */
  readonly #opensBefore = new Map<string, number>();

  setMode(order: z.output<typeof SetSingleWindowModeBody>): void {
    setCompanyFault(this.modes, order);
  }

  mark({ email, refused }: z.output<typeof MarkBody>): void {
    if (refused) this.#refusedEmails.add(email.toLowerCase());
    else this.#refusedEmails.delete(email.toLowerCase());
  }

  refusedEmails(): string[] {
    return [...this.#refusedEmails];
  }

  refuseNth({ ice: company, nth }: z.output<typeof RefuseNthBody>): void {
    this.#opensBefore.set(company, nth - 1);
  }

  /** Whether this new account is one to refuse; counts it. */
  takesRefusal(company: string, email: string): boolean {
    if (this.#refusedEmails.has(email.toLowerCase())) return true;
    const before = this.#opensBefore.get(company);
    if (before === undefined) return false;
    if (before > 0) this.#opensBefore.set(company, before - 1);
    else this.#opensBefore.delete(company);
    return before === 0;
  }

  clear(): void {
    this.modes.clear();
    this.#refusedEmails.clear();
    this.#opensBefore.clear();
  }
}
