import type { GatewayFault } from './gateway-faults.ts';

/** A message of a gateway to its merchant. */
export interface Notification {
  reference: string;
  kind: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Answer {
  status: number;
  body: string;
}

/** One sending, with its answer; `held` and `silent` were not sent. */
export interface Delivery {
  id: number;
  at: string;
  reference: string;
  kind: string;
  url: string;
  state: 'answered' | 'failed' | 'held' | 'silent' | 'waiting';
  status?: number;
  answer?: string;
  durationMs?: number;
}

interface Parcel {
  notification: Notification;
  onAnswer: (answer: Answer) => Promise<void>;
  copies: number;
  retry: boolean;
}

export interface CourierOptions {
  now: () => Date;
  /** Times between the tries of a notification that wasn't acknowledged with 200, in milliseconds. */
  retryDelaysMs?: readonly number[];
}

const kept = 20_000;
const answerTimeoutMs = 15_000;
const shownAnswer = 500;

/** Carries a gateway's notifications to the merchant: at once, late, several times, held back and let go in another order. In memory only. */
export class Courier {
  readonly #options: CourierOptions;
  #deliveries: Delivery[] = [];
  #held: Parcel[] = [];
  #nextId = 1;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Newest first; those of one payment when a reference is given. */
  list(reference?: string): Delivery[] {
    const all = this.#deliveries.toReversed();
    return reference === undefined ? all : all.filter((delivery) => delivery.reference === reference);
  }

  /**
   * Delivers as the fault says. Resolves with the answers once they came, or with none when nothing is sent now;
   * `onAnswer` hears every answer, whenever it comes.
   */
  async deliver(
    notification: Notification,
    fault: GatewayFault,
    onAnswer: Parcel['onAnswer'] = async () => undefined,
  ): Promise<Answer[]> {
    const retry = this.#options.retryDelaysMs !== undefined;
    const parcel = { notification, onAnswer, copies: fault.copies, retry };
    if (fault.callbacks === 'silent') {
      this.#log(notification, 'silent');
      return [];
    }
    if (fault.callbacks === 'hold') {
      this.#held.push(parcel);
      this.#log(notification, 'held');
      return [];
    }
    if (fault.delayMs > 0) {
      this.#log(notification, 'waiting');
      this.#later(fault.delayMs, () => this.#send(parcel));
      return [];
    }
    return this.#send(parcel);
  }

  /** Sends what was held, one after the other, in the order asked. Resolves with the answers of all. */
  async release(order: 'forward' | 'reverse' | 'shuffle', reference?: string): Promise<Answer[]> {
    const chosen = this.#held.filter(
      ({ notification }) => reference === undefined || notification.reference === reference,
    );
    this.#held = this.#held.filter((parcel) => !chosen.includes(parcel));
    const parcels = order === 'reverse' ? chosen.toReversed() : chosen;
    if (order === 'shuffle') {
      for (let index = parcels.length - 1; index > 0; index -= 1) {
        const other = Math.floor(Math.random() * (index + 1));
        const [a, b] = [parcels[index], parcels[other]];
        if (a && b) [parcels[index], parcels[other]] = [b, a];
      }
    }
    const answers: Answer[] = [];
    for (const parcel of parcels) answers.push(...(await this.#send(parcel)));
    return answers;
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#held = [];
    this.#deliveries = [];
  }

  /** Nothing is sent any more. */
  close(): void {
    this.clear();
    this.#closing.abort();
  }

  #later(milliseconds: number, work: () => Promise<unknown>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void work();
    }, milliseconds);
    this.#timers.add(timer);
  }

  async #send(parcel: Parcel): Promise<Answer[]> {
    const copies = Array.from({ length: parcel.copies }, () => this.#sendOnce(parcel, 0));
    return (await Promise.all(copies)).filter((answer) => answer !== undefined);
  }

  async #sendOnce(parcel: Parcel, tried: number): Promise<Answer | undefined> {
    const { notification, onAnswer, retry } = parcel;
    const started = performance.now();
    const limit = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(answerTimeoutMs)]);
    let answer: Answer | undefined;
    try {
      const response = await fetch(notification.url, {
        method: 'POST',
        headers: notification.headers,
        body: notification.body,
        redirect: 'manual',
        signal: limit,
      });
      answer = { status: response.status, body: await response.text() };
    } catch {
      answer = undefined;
    }
    const durationMs = Math.round(performance.now() - started);
    this.#log(notification, answer ? 'answered' : 'failed', { answer, durationMs });
    const wait = this.#options.retryDelaysMs?.[tried];
    if (retry && answer?.status !== 200 && wait !== undefined && !this.#closing.signal.aborted)
      this.#later(wait, () => this.#sendOnce(parcel, tried + 1));
    if (answer) await onAnswer(answer);
    return answer;
  }

  #log(
    notification: Notification,
    state: Delivery['state'],
    more: { answer?: Answer | undefined; durationMs?: number } = {},
  ): void {
    const { reference, kind, url } = notification;
    this.#deliveries.push({
      id: this.#nextId,
      at: this.#options.now().toISOString(),
      reference,
      kind,
      url,
      state,
      ...(more.answer && { status: more.answer.status, answer: more.answer.body.slice(0, shownAnswer) }),
      ...(more.durationMs !== undefined && { durationMs: more.durationMs }),
    });
    this.#nextId += 1;
    if (this.#deliveries.length > kept * 1.1) this.#deliveries = this.#deliveries.slice(-kept);
  }
}
