import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { type OutsideEffect, OutsideFault, type OutsideReason } from './outside-fault.ts';

export type OutsideCircuit = 'closed' | 'open' | 'half_open';

/** One finished call, for measures and logs; holds nothing about people. */
export interface OutsideCall {
  /** Who was called. */
  readonly service: string;
  readonly operation: string;
  /** `answered` or the call's own word for its answer, `refused`, or why there was no usable answer. */
  readonly outcome: string;
  readonly durationMs: number;
  /** HTTP requests sent, 0 when the circuit was open. */
  readonly attempts: number;
}

/** What every service takes beside its own settings. */
export interface OutsideCallerOptions {
  /** Time allowed to a question, retry included, in milliseconds. */
  readonly timeoutMs?: number;
  /** Time allowed to one of its tries, in milliseconds; three quarters of the whole by default, which leaves time for another. */
  readonly tryTimeoutMs?: number;
  /** Time allowed to an order that changes something on the other side, in milliseconds; it is sent once. */
  readonly orderTimeoutMs?: number;
  /** How many times a question is asked again. */
  readonly retries?: number;
  /** Failed tries in a row that open the circuit. */
  readonly failuresToOpen?: number;
  /** How long the circuit stays open before one try is let through, in milliseconds. */
  readonly openForMs?: number;
  readonly fetch?: typeof fetch;
  readonly onCall?: (call: OutsideCall) => void;
  readonly onCircuit?: (circuit: OutsideCircuit) => void;
}

export type Send<T> = (signal: AbortSignal, fetch: typeof globalThis.fetch) => Promise<T>;

/** What one call is: its name for measures, how it is sent, who waits for it, and its own word for an answer. */
export interface OutsideQuestion<T> {
  readonly operation: string;
  readonly send: Send<T>;
  /** Aborted when the one who waits has gone. */
  readonly caller?: AbortSignal | undefined;
  readonly outcomeOf?: (answer: T) => string;
}

/** Sends what a service is asked, within its time. Both throw `OutsideFault`; a refusal of `send` passes through. */
export interface OutsideCaller {
  /** A question, which may be repeated. Its failure never has an effect. */
  readonly ask: <T>(question: OutsideQuestion<T>) => Promise<T>;
  /** An order, sent once: its failure says whether it may have had an effect. */
  readonly order: <T>(order: OutsideQuestion<T>) => Promise<T>;
}

/** Failures that say something about the service, not about our question or our caller. */
const againstService: ReadonlySet<OutsideReason> = new Set([
  'timeout',
  'unreachable',
  'server_error',
  'invalid_answer',
]);
const isAgainstService = (error: unknown) =>
  error instanceof OutsideFault && againstService.has(error.reason);

const circuits: Partial<Record<CircuitState, OutsideCircuit>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
};

/**
 * A time limit, a retry for questions, and a circuit breaker shared by all calls of this process to one service. Keep one a process, or the
 * breaker sees nothing. `isRefusal` knows the errors by which the service says no: they are answers, not faults.
 */
export function createOutsideCaller(
  service: string,
  options: OutsideCallerOptions,
  isRefusal: (error: unknown) => boolean,
): OutsideCaller {
  const {
    timeoutMs = 6_000,
    tryTimeoutMs = timeoutMs * 0.75,
    orderTimeoutMs = 10_000,
    retries = 1,
    failuresToOpen = 5,
    openForMs = 10_000,
    fetch = globalThis.fetch,
    onCall = () => undefined,
  } = options;

  const breaker = circuitBreaker(
    handleWhen(
      (error) =>
        isAgainstService(error) ||
        // An abandoned probe proves nothing, and the breaker takes what it doesn't handle for a success.
        (error instanceof OutsideFault &&
          error.reason === 'cancelled' &&
          breaker.state === CircuitState.HalfOpen),
    ),
    { breaker: new ConsecutiveBreaker(failuresToOpen), halfOpenAfter: openForMs },
  );
  breaker.onStateChange((state) => {
    const circuit = circuits[state];
    if (circuit) options.onCircuit?.(circuit);
  });

  // The outer limit doesn't wait for anyone: while the circuit is half open, calls stand behind the one that probes.
  const asking = wrap(
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
    retry(handleWhen(isAgainstService), {
      maxAttempts: retries,
      backoff: new ExponentialBackoff({ initialDelay: 80, maxDelay: 250 }),
    }),
    breaker,
    timeout(Math.min(tryTimeoutMs, timeoutMs), TimeoutStrategy.Cooperative),
  );
  const ordering = wrap(
    timeout(orderTimeoutMs, TimeoutStrategy.Aggressive),
    breaker,
    timeout(orderTimeoutMs, TimeoutStrategy.Cooperative),
  );

  const run = async <T>(
    policy: typeof asking | typeof ordering,
    { operation, send, caller, outcomeOf = () => 'answered' }: OutsideQuestion<T>,
  ): Promise<T> => {
    const startedAt = performance.now();
    let attempts = 0;
    const tell = (outcome: string) =>
      onCall({
        service,
        operation,
        outcome,
        durationMs: Math.round(performance.now() - startedAt),
        attempts,
      });
    const attempt = async ({ signal }: { signal: AbortSignal }) => {
      attempts += 1;
      try {
        return { answer: await send(signal, fetch) };
      } catch (error) {
        // Handed round the breaker: a refusal is the service at work, and must close the circuit rather than open it.
        if (isRefusal(error)) return { refusal: error };
        throw caller?.aborted ? new OutsideFault('cancelled', 'unknown', { cause: error }) : error;
      }
    };
    const result = await policy.execute(attempt, caller).catch((error: unknown) => {
      const reason = reasonOf(error, caller);
      tell(reason);
      const effect = policy === asking || attempts === 0 ? 'none' : effectOf(error);
      throw new OutsideFault(reason, effect, { cause: error });
    });
    if ('refusal' in result) {
      tell('refused');
      throw result.refusal;
    }
    tell(outcomeOf(result.answer));
    return result.answer;
  };

  return { ask: (question) => run(asking, question), order: (order) => run(ordering, order) };
}

function reasonOf(error: unknown, caller: AbortSignal | undefined): OutsideReason {
  if (caller?.aborted) return 'cancelled';
  if (error instanceof OutsideFault) return error.reason;
  return isBrokenCircuitError(error) ? 'circuit_open' : 'timeout';
}

function effectOf(error: unknown): OutsideEffect {
  if (error instanceof OutsideFault) return error.effect;
  return isBrokenCircuitError(error) ? 'none' : 'unknown';
}
