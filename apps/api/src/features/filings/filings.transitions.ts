import {
  type AccountId,
  type AgentId,
  casablancaDate,
  documentAuthority,
  type EmailChange,
  type FilingEvent,
  type FilingTransition,
  filingTransitions,
  type IntegratorId,
  type Reason,
  type SectionsDraft,
} from '@rnoce/schemas';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { documentVersions } from '../../db/schema/documents.ts';
import { filingHistory, filings } from '../../db/schema/filings.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { columnsOf } from './deciders.ts';

export type FilingRecord = typeof filings.$inferSelect;

/** Who moves a filing, as its history tells it for ever. */
export type FilingActor =
  | { readonly kind: 'operator'; readonly accountId: AccountId }
  | { readonly kind: 'agent'; readonly agentId: AgentId }
  | { readonly kind: 'integrator'; readonly integratorId: IntegratorId }
  | { readonly kind: 'system' };

export interface FilingMove {
  /** The row as it was locked (`for update`) in this transaction. */
  readonly filing: FilingRecord;
  readonly transition: FilingTransition;
  readonly actor: FilingActor;
  readonly at: Date;
  /** Why it is returned; needed by `returned` alone. */
  readonly reasons?: readonly Reason[];
  /** The form as it is sent; needed by the submissions alone. */
  readonly sections?: Partial<SectionsDraft>;
  /** When the account showed, by the mailbox that BADR holds, that it acts for the operator; for `attached`. */
  readonly controlProvenAt?: Date | null;
}

type Changes = Partial<typeof filings.$inferInsert>;

const dayMs = 86_400_000;
const isWorkingDay = (at: Date): boolean => {
  const day = new Date(`${casablancaDate(at)}T12:00:00Z`).getUTCDay();
  return day >= 1 && day <= 5;
};

/** The instant `days` working days later (Monday to Friday in Casablanca; public holidays count as working days). */
export function addWorkingDays(from: Date, days: number): Date {
  let at = from;
  for (let left = days; left > 0; ) {
    at = new Date(at.getTime() + dayMs);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

const nothingHeld = {
  holderId: null,
  heldAt: null,
  verdict: { accepted: [], reasons: [] },
} satisfies Changes;

function declared(sections: FilingMove['sections']): Changes {
  const { ice, legalName } = sections?.company ?? {};
  if (!ice || !legalName) throw new Error('a submission needs the form that is sent');
  return { ice, legalName };
}

function sent({ filing, at, sections }: FilingMove, dueAt: Date): Changes {
  return {
    ...declared(sections),
    ...nothingHeld,
    reasons: [],
    reopenedAt: null,
    firstSubmittedAt: filing.firstSubmittedAt ?? at,
    submittedAt: at,
    dueAt,
    decidedAt: null,
    submissions: filing.submissions + 1,
  };
}

/** What each transition writes beside the status. */
const effects: Readonly<
  Record<FilingTransition, (move: FilingMove, environment: Deps['environment']) => Changes>
> = {
  submitted: (move, { DECISION_DAYS }) => sent(move, addWorkingDays(move.at, DECISION_DAYS)),
  resubmitted: (move, { DECISION_DAYS }) => sent(move, addWorkingDays(move.at, DECISION_DAYS)),
  // Nobody decides it: no validation date, as the guide shows, and due at once.
  attached: (move) => ({
    ...sent(move, move.at),
    attached: true,
    controlProvenAt: move.controlProvenAt ?? null,
    decidedAt: move.at,
  }),
  validated: ({ filing, at }) => ({
    ...nothingHeld,
    decidedAt: at,
    validatedAt: at,
    ...(filing.authority === 'customs' ? { registrationStatus: 'queued' } : {}),
  }),
  returned: ({ at, reasons = [] }) => {
    if (reasons.length === 0) throw new Error('a return needs its reasons');
    return { ...nothingHeld, reasons: [...reasons], decidedAt: at, reopenedAt: null };
  },
  reopened: ({ at }) => ({ reopenedAt: at }),
};

/** What the caller is told when the filing isn't where the transition starts. */
const refusal = (transition: FilingTransition) => {
  if (transition === 'reopened') return new ProblemError('filing_not_incomplete');
  const decides = transition === 'validated' || transition === 'returned';
  return new ProblemError(decides ? 'filing_not_decidable' : 'subscription_not_editable');
};

/** Writes one row of a filing's history, and returns its id. */
async function tell(
  tx: Transaction,
  entry: Pick<typeof filingHistory.$inferInsert, 'filingId' | 'event' | 'fromStatus' | 'toStatus' | 'at'> & {
    actor: FilingActor;
    reasons?: readonly Reason[] | undefined;
    sections?: FilingMove['sections'] | undefined;
    documentVersions?: string[] | undefined;
    emailChanges?: EmailChange[] | undefined;
    note?: string | undefined;
  },
): Promise<string> {
  const { actor, reasons = [], sections, documentVersions, ...rest } = entry;
  const [told] = await tx
    .insert(filingHistory)
    .values({
      ...rest,
      actor: actor.kind,
      accountId: actor.kind === 'operator' ? actor.accountId : null,
      ...columnsOf(actor),
      reasons: [...reasons],
      sections: sections ?? null,
      documentVersions: documentVersions ?? null,
    })
    .returning({ id: filingHistory.id });
  if (!told) throw new Error('the history was not written');
  return told.id;
}

/** What is sent with the form to this authority: the agent decides on these versions, whatever the operator gives later. */
async function currentDocuments(
  tx: Transaction,
  { subscriptionId, authority }: Pick<FilingRecord, 'subscriptionId' | 'authority'>,
): Promise<string[]> {
  const rows = await tx
    .select({ id: documentVersions.id, document: documentVersions.document })
    .from(documentVersions)
    .where(
      and(
        eq(documentVersions.subscriptionId, subscriptionId),
        isNull(documentVersions.customsRequestId),
        eq(documentVersions.current, true),
      ),
    );
  return rows
    .filter(({ document }) => (documentAuthority(document) ?? authority) === authority)
    .map(({ id }) => id);
}

/**
 * Moves a filing along `filingTransitions`, and along nothing else: writes its row and its history in the caller's transaction, and
 * returns the new row. E-mails and jobs are the caller's, in the same transaction; a validated customs filing comes back with
 * `registrationStatus: 'queued'`, for which the caller queues `register-operator`.
 * Throws the problem of the transition when the filing's status forbids it, `forbidden` when the actor may not.
 */
export async function moveFiling(
  tx: Transaction,
  { environment }: Pick<Deps, 'environment'>,
  move: FilingMove,
): Promise<FilingRecord> {
  const { filing, transition, actor, at } = move;
  const { from, to, by } = filingTransitions[transition];
  if (!by.some((kind) => kind === actor.kind)) throw new ProblemError('forbidden');
  if (filing.status !== from) throw refusal(transition);
  const changes = effects[transition](move, environment);
  const [moved] = await tx
    .update(filings)
    .set({ ...changes, status: to, version: filing.version + 1 })
    .where(and(eq(filings.id, filing.id), eq(filings.version, filing.version), eq(filings.status, from)))
    .returning();
  if (!moved) throw new Error('the filing was not locked before its move');
  await tell(tx, {
    filingId: filing.id,
    event: transition,
    fromStatus: from,
    toStatus: to,
    actor,
    at,
    reasons: move.reasons,
    sections: move.sections,
    documentVersions: move.sections ? await currentDocuments(tx, filing) : undefined,
  });
  return moved;
}

/** Opens the filing of a new draft, with the first row of its history. Throws when the account has one at that authority already. */
export async function openFiling(
  tx: Transaction,
  filing: Pick<
    typeof filings.$inferInsert,
    'subscriptionId' | 'authority' | 'operatorType' | 'ice' | 'legalName'
  > & { readonly accountId: AccountId; readonly createdAt: Date },
): Promise<FilingRecord> {
  const [opened] = await tx.insert(filings).values(filing).returning();
  if (!opened) throw new Error('the filing was not written');
  const actor = { kind: 'operator', accountId: filing.accountId } as const;
  await tell(tx, {
    filingId: opened.id,
    event: 'created',
    fromStatus: null,
    toStatus: opened.status,
    actor,
    at: filing.createdAt,
  });
  return opened;
}

/** Tells in the history what happened to a filing without moving it: BADR took its record, or every user has an account at the single window. */
export async function recordFilingEvent(
  tx: Transaction,
  filing: FilingRecord,
  event: Extract<FilingEvent, 'registered' | 'accounts_opened'>,
  at: Date,
): Promise<void> {
  await tell(tx, {
    filingId: filing.id,
    event,
    fromStatus: filing.status,
    toStatus: filing.status,
    actor: { kind: 'system' },
    at,
  });
}

/** Tells in the history that an agent gave other addresses for users whom the single window refused; returns the id of the row. */
export async function recordEmailChanges(
  tx: Transaction,
  filing: FilingRecord,
  agentId: AgentId,
  emailChanges: EmailChange[],
  at: Date,
): Promise<string> {
  return await tell(tx, {
    filingId: filing.id,
    event: 'emails_changed',
    fromStatus: filing.status,
    toStatus: filing.status,
    actor: { kind: 'agent', agentId },
    at,
    emailChanges,
  });
}

/** Tells in the history that an agent found that the account of an attached filing acts for the operator, and on what evidence; returns the id of the row. */
export async function recordControl(
  tx: Transaction,
  filing: FilingRecord,
  agentId: AgentId,
  note: string,
  at: Date,
): Promise<string> {
  return await tell(tx, {
    filingId: filing.id,
    event: 'control_confirmed',
    fromStatus: filing.status,
    toStatus: filing.status,
    actor: { kind: 'agent', agentId },
    at,
    note,
  });
}
