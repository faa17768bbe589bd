import {
  type CustomsRequestEvent,
  type CustomsRequestTransition,
  customsRequestTransitions,
  type RequestReasonView,
} from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import { customsRequestHistory, customsRequests } from '../../db/schema/customs-requests.ts';
import type { Deps } from '../../deps.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { columnsOf } from '../filings/deciders.ts';
import { addWorkingDays, type FilingActor } from '../filings/filings.transitions.ts';

export type RequestRecord = typeof customsRequests.$inferSelect;
type HistoryValues = typeof customsRequestHistory.$inferInsert;
type Changes = Partial<typeof customsRequests.$inferInsert>;
type Sent = NonNullable<HistoryValues['sent']>;

/** Who moves a request, as its history tells it for ever. */
export type RequestActor = FilingActor;

export interface RequestMove {
  /** The row as it was locked, its filing before it (`lockRequest`), in this transaction. */
  readonly request: RequestRecord;
  readonly transition: CustomsRequestTransition;
  readonly actor: RequestActor;
  readonly at: Date;
  /** Why it is rejected; of an accepted update, what is left out and why. */
  readonly reasons?: readonly RequestReasonView[];
  /** What was sent, at the submission; what was decided on, at a decision. */
  readonly sent?: Sent;
  /** What is written beside the status: the record as BADR's last reading has it. */
  readonly changes?: Pick<Changes, 'registryStatus' | 'registryReadAt' | 'registryRecord'>;
}

/** What each transition writes beside the status. */
const effects: Readonly<
  Record<CustomsRequestTransition, (move: RequestMove, environment: Deps['environment']) => Changes>
> = {
  submitted: ({ at }, { DECISION_DAYS }) => ({
    reasons: [],
    submittedAt: at,
    dueAt: addWorkingDays(at, DECISION_DAYS),
    savedAt: at,
  }),
  endorsed: ({ actor }) => {
    const { agentId, integratorId } = columnsOf(actor);
    if (agentId === null && integratorId === null) throw new Error('an endorsement needs who made it');
    return { endorsedBy: agentId, endorsedByIntegrator: integratorId };
  },
  accepted: ({ at, reasons = [] }) => ({
    reasons: [...reasons],
    decidedAt: at,
    effectStatus: 'queued',
    effectAt: at,
  }),
  rejected: ({ at, reasons = [] }) => {
    if (reasons.length === 0) throw new Error('a rejection needs its reasons');
    return { reasons: [...reasons], decidedAt: at };
  },
  closed: ({ at, reasons = [] }) => {
    if (reasons.length === 0) throw new Error('a closing needs its reason');
    return { reasons: [...reasons], decidedAt: at };
  },
};

/** What the caller is told when the request isn't where the transition starts. */
const refusal = (transition: CustomsRequestTransition) =>
  new ProblemError(transition === 'submitted' ? 'request_not_editable' : 'request_not_decidable');

/** Writes one row of a request's history, which moves nothing: it was opened, or BADR answered. */
export async function recordRequestEvent(
  tx: Transaction,
  { id, status }: Pick<RequestRecord, 'id' | 'status'>,
  entry: {
    readonly event: CustomsRequestEvent;
    readonly actor: RequestActor;
    readonly at: Date;
    readonly reasons?: readonly RequestReasonView[] | undefined;
    readonly sent?: Sent | undefined;
  },
): Promise<void> {
  const { event, actor, at, reasons = [], sent } = entry;
  await tx.insert(customsRequestHistory).values({
    requestId: id,
    event,
    toStatus: status,
    actor: actor.kind,
    accountId: actor.kind === 'operator' ? actor.accountId : null,
    ...columnsOf(actor),
    reasons: [...reasons],
    sent: sent ?? null,
    at,
  });
}

/**
 * Moves a request along `customsRequestTransitions`, and along nothing else: writes its row and its history in the caller's transaction, and
 * returns the new row. Whether the account's state allows it, the e-mails and the jobs are the caller's, in the same transaction; an accepted
 * request comes back with `effectStatus: 'queued'`, for which the caller queues `apply-customs-request`.
 * Throws `request_not_editable` (a submission) or `request_not_decidable` when its status forbids the move, `forbidden` when the actor may not.
 */
export async function moveRequest(
  tx: Transaction,
  { environment }: Pick<Deps, 'environment'>,
  move: RequestMove,
): Promise<RequestRecord> {
  const { request, transition, actor, at } = move;
  const { from, to, by } = customsRequestTransitions[transition];
  if (!by.some((kind) => kind === actor.kind)) throw new ProblemError('forbidden');
  if (request.status !== from) throw refusal(transition);
  const [moved] = await tx
    .update(customsRequests)
    .set({
      ...move.changes,
      ...effects[transition](move, environment),
      status: to,
      version: request.version + 1,
    })
    .where(
      and(
        eq(customsRequests.id, request.id),
        eq(customsRequests.version, request.version),
        eq(customsRequests.status, from),
      ),
    )
    .returning();
  if (!moved) throw new Error('the request was not locked before its move');
  await recordRequestEvent(tx, moved, {
    event: transition,
    actor,
    at,
    reasons: move.reasons,
    sent: move.sent,
  });
  return moved;
}
