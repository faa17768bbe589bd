/**
 * What the operations on a customs account are said to do, written from spec/registration.md (« Operations on a customs account ») and the
 * decisions on BADR, on purpose without the product's own table: the product is compared with it. No entry or exit, no clock.
 */

export type OperationType = 'update' | 'cancellation' | 'restoration';
export const modelFields = ['actualActivity', 'phone'] as const;
export type ModelField = (typeof modelFields)[number];
export type ModelRecord = Readonly<Record<ModelField, string>>;

/** An answer of the API, as far as the model foretells it; `reason` says which refusal of an operation. */
export interface Foretold {
  readonly status: number;
  readonly code?: string;
  readonly reason?: string;
}

export interface ModelRequest {
  readonly type: OperationType;
  id: string;
  status: 'draft' | 'in_review' | 'accepted' | 'rejected';
  /** For an update: what BADR held when the form was filled from it, and what is asked. */
  before: ModelRecord;
  asked: ModelRecord;
  /** What the agents see as « now »: BADR's record when it was last read. */
  seen: ModelRecord;
  /** BADR was away when it was last asked: it is asked again when the dossier is opened. */
  unread: boolean;
  leftOut: readonly ModelField[];
  endorsedBy: number[];
  effect: 'queued' | 'applied' | 'overtaken' | 'refused' | null;
  /** What was sent to BADR: the value that an agent saw, and the one that is asked. */
  order: readonly { readonly field: ModelField; readonly from: string; readonly to: string }[];
  readonly events: string[];
}

const done: Foretold = { status: 200 };
const conflict = (code: string): Foretold => ({ status: 409, code });
const invalid: Foretold = { status: 422, code: 'validation' };
const sameRecord = (one: ModelRecord, other: ModelRecord) =>
  modelFields.every((field) => one[field] === other[field]);

export class AccountModel {
  readonly agentsNeeded: number;
  /** Whether the account showed that it acts for the operator. */
  proven: boolean;
  cancelled: boolean;
  /** What BADR holds. */
  held: ModelRecord;
  heldCancelled: boolean;
  /** Whether BADR answers, and whether it takes orders. */
  badr: 'normal' | 'away' | 'refuse' = 'normal';
  /** In the order in which they were opened. */
  readonly requests: ModelRequest[] = [];
  /** Requests in the order in which they wait for BADR. */
  readonly queue: ModelRequest[] = [];
  /** Orders that changed something at BADR. */
  taken = 0;
  readonly emails = new Map<string, number>();
  /** The last accepted cancellation or restoration. */
  #turn: ModelRequest | undefined;

  constructor(given: { agentsNeeded: number; proven: boolean; cancelled: boolean; held: ModelRecord }) {
    this.agentsNeeded = given.agentsNeeded;
    this.proven = given.proven;
    this.cancelled = given.cancelled;
    this.heldCancelled = given.cancelled;
    this.held = given.held;
  }

  draft(type: OperationType): ModelRequest | undefined {
    return this.requests.find((one) => one.type === type && one.status === 'draft');
  }

  /** The latest that was sent: the card shows its status. */
  latest(type: OperationType): ModelRequest | undefined {
    return this.requests.findLast((one) => one.type === type && one.status !== 'draft');
  }

  waits(type: OperationType): boolean {
    return this.requests.some((one) => one.type === type && one.status === 'in_review');
  }

  state(): string {
    if (this.cancelled) return this.waits('restoration') ? 'restoration_pending' : 'cancelled';
    if (this.waits('cancellation')) return 'cancellation_pending';
    return this.waits('update') ? 'update_pending' : 'active';
  }

  /** Each reason for which the operation can't be asked for; none: it can. */
  refusals(type: OperationType): string[] {
    const reasons: [boolean, string][] = {
      update: [
        [this.cancelled, 'account_cancelled'],
        [this.waits('update'), 'update_pending'],
        [this.waits('cancellation'), 'cancellation_pending'],
      ] as [boolean, string][],
      cancellation: [
        [this.cancelled, 'account_cancelled'],
        [this.waits('cancellation'), 'cancellation_pending'],
      ] as [boolean, string][],
      restoration: [
        [!this.cancelled, 'account_not_cancelled'],
        [this.waits('restoration'), 'restoration_pending'],
      ] as [boolean, string][],
    }[type];
    return [...reasons, [!this.proven, 'control_not_proven'] as const]
      .filter(([holds]) => holds)
      .map(([, reason]) => reason);
  }

  /** BADR is read: it knows better than the last operation once that was made there, since customs close and open accounts themselves. */
  hear(): void {
    if (this.badr === 'away') return;
    if (!this.#turn || this.#turn.effect === 'applied') this.cancelled = this.heldCancelled;
  }

  #refused(type: OperationType): Foretold[] {
    return this.refusals(type).map((reason) => ({ ...conflict('operation_not_allowed'), reason }));
  }

  /** One of these answers is right: the draft that stands, or a new one, when it is taken. A new update reads BADR. */
  foretellOpening(type: OperationType): Foretold[] {
    const refused = this.#refused(type);
    if (refused.length > 0) return refused;
    if (type !== 'update' || this.draft(type)) return [{ status: 201 }];
    if (this.badr === 'away') return [{ status: 503, code: 'registry_unavailable' }];
    this.hear();
    const closed = this.#refused(type);
    return closed.length > 0 ? closed : [{ status: 201 }];
  }

  open(type: OperationType, id: string): ModelRequest {
    const request: ModelRequest = {
      type,
      id,
      status: 'draft',
      before: this.held,
      asked: this.held,
      seen: this.held,
      unread: false,
      leftOut: [],
      endorsedBy: [],
      effect: null,
      order: [],
      events: ['created'],
    };
    this.requests.push(request);
    return request;
  }

  giveUp(request: ModelRequest): void {
    this.requests.splice(this.requests.indexOf(request), 1);
  }

  changesOf({ before, asked }: ModelRequest): ModelField[] {
    return modelFields.filter((field) => before[field] !== asked[field]);
  }

  foretellSending(request: ModelRequest, passwordIsRight: boolean): Foretold[] {
    if (request.status !== 'draft') return [conflict('request_not_editable')];
    const refused = this.#refused(request.type);
    if (refused.length > 0) return refused;
    if (request.type === 'cancellation' && !passwordIsRight) return [{ status: 422, code: 'password_wrong' }];
    if (request.type === 'update' && this.changesOf(request).length === 0) return [invalid];
    // What can be sent is sent over what BADR holds now.
    this.hear();
    const closed = this.#refused(request.type);
    if (closed.length > 0) return closed;
    const isChanged =
      request.type === 'update' && this.badr !== 'away' && !sameRecord(this.held, request.before);
    return [isChanged ? conflict('registry_changed') : done];
  }

  send(request: ModelRequest): void {
    request.status = 'in_review';
    request.events.push('submitted');
    this.readRegistry(request);
    this.#tell('customs_request_received');
    // BADR holds another address than the account's.
    if (request.type === 'cancellation') this.#tell('cancellation_notice');
  }

  /** BADR's record differs from the one that the form was filled from: what the operator left alone follows it. */
  rebase(request: ModelRequest): void {
    const { before, asked } = request;
    request.asked = Object.fromEntries(
      modelFields.map((field) => [field, asked[field] === before[field] ? this.held[field] : asked[field]]),
    ) as Record<ModelField, string>;
    request.before = this.held;
    request.seen = this.held;
  }

  foretellDecision(
    request: ModelRequest,
    agent: number,
    outcome: 'accepted' | 'rejected',
    leftOut: readonly ModelField[],
  ): Foretold {
    if (request.status !== 'in_review') return conflict('request_not_decidable');
    if (outcome === 'rejected') return done;
    const changes = this.changesOf(request);
    if (leftOut.length > 0 && changes.every((field) => leftOut.includes(field))) return invalid;
    return request.endorsedBy.includes(agent) ? conflict('second_agent_needed') : done;
  }

  reject(request: ModelRequest): void {
    request.status = 'rejected';
    request.events.push('rejected');
    this.#tell('customs_request_rejected');
  }

  accept(request: ModelRequest, agent: number, leftOut: readonly ModelField[]): void {
    if (request.type === 'cancellation' && request.endorsedBy.length + 1 < this.agentsNeeded) {
      request.endorsedBy.push(agent);
      request.events.push('endorsed');
      return;
    }
    request.status = 'accepted';
    request.events.push('accepted');
    request.leftOut = leftOut;
    this.#tell('customs_request_accepted');
    this.#order(request);
    if (request.type === 'update') return;
    this.cancelled = request.type === 'cancellation';
    this.#turn = request;
    const closed =
      this.cancelled && this.requests.find((one) => one.type === 'update' && one.status === 'in_review');
    if (!closed) return;
    closed.status = 'rejected';
    closed.events.push('closed');
    this.#tell('customs_request_closed');
  }

  #order(request: ModelRequest): void {
    const made = request.type === 'update' ? this.changesOf(request) : [];
    request.order = made
      .filter((field) => !request.leftOut.includes(field))
      .map((field) => ({ field, from: request.seen[field], to: request.asked[field] }));
    request.effect = 'queued';
    this.queue.push(request);
  }

  /** Whether BADR didn't take it as it was, and no later acceptance turned the account the other way. */
  isResendable({ type, effect, id }: ModelRequest): boolean {
    if (effect !== 'overtaken' && effect !== 'refused') return false;
    return type === 'update' || this.#turn?.id === id;
  }

  foretellResending(request: ModelRequest): Foretold[] {
    const isStuck = request.effect === 'overtaken' || request.effect === 'refused';
    const refused: Foretold[] = [];
    if (isStuck && this.badr === 'away') refused.push({ status: 503, code: 'registry_unavailable' });
    if (!this.isResendable(request)) refused.push(conflict('request_not_resendable'));
    return refused.length > 0 ? refused : [done];
  }

  resend(request: ModelRequest): void {
    request.events.push('resent');
    this.#order(request);
  }

  /** An agent has BADR read again for a request that waits for one. */
  readRegistry(request: ModelRequest): void {
    const waits =
      request.status === 'in_review' || request.effect === 'overtaken' || request.effect === 'refused';
    if (!waits) return;
    request.unread = this.badr === 'away';
    if (request.unread) return;
    request.seen = this.held;
    this.hear();
  }

  /** A dossier that is opened: what couldn't be read is asked for again. */
  openDossier(request: ModelRequest): void {
    if (request.unread) this.readRegistry(request);
  }

  /** BADR is sent what waits, each order once in effect. */
  work(): void {
    if (this.badr === 'away') return;
    for (const request of this.queue.splice(0)) {
      request.effect = this.#outcome(request);
      request.events.push(request.effect);
    }
  }

  /** An account that is as asked already counts as done; an update of a cancelled one writes nothing. */
  #outcome({ type, order }: ModelRequest): 'applied' | 'overtaken' | 'refused' {
    if (this.badr === 'refuse') return 'refused';
    if (type !== 'update') {
      if (this.heldCancelled !== (type === 'cancellation')) this.taken += 1;
      this.heldCancelled = type === 'cancellation';
      return 'applied';
    }
    const isOvertaken = order.some(({ field, from, to }) => ![from, to].includes(this.held[field]));
    if (this.heldCancelled || isOvertaken) return 'overtaken';
    this.taken += 1;
    this.held = { ...this.held, ...Object.fromEntries(order.map(({ field, to }) => [field, to])) };
    return 'applied';
  }

  #tell(template: string): void {
    this.emails.set(template, (this.emails.get(template) ?? 0) + 1);
  }
}
