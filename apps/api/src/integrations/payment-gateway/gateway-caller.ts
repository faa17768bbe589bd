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
import {
  type GatewayEffect,
  GatewayRefusalError,
  GatewayUnavailableError,
  type GatewayUnavailableReason,
} from './gateway-errors.ts';
import { GatewayFault } from './gateway-http.ts';

export type GatewayCircuit = 'closed' | 'open' | 'half_open';

/** One finished call, for measures and logs; holds nothing about the payer. */
export interface GatewayCall {
  readonly provider: string;
  readonly operation: string;
  /** `answered`, `refused`, or why the gateway was unavailable. */
  readonly outcome: string;
  readonly durationMs: number;
  /** HTTP requests sent, 0 when the circuit was open. */
  readonly attempts: number;
}

/** What every gateway takes beside its own settings. */
export interface GatewayCallerOptions {
  /** Time allowed to a question, retry included, in milliseconds. */
  readonly timeoutMs?: number;
  /** Time allowed to one of its tries, in milliseconds; three quarters of the whole by default. */
  readonly tryTimeoutMs?: number;
  /** Time allowed to an order that changes something at the gateway, in milliseconds; it is sent once. */
  readonly orderTimeoutMs?: number;
  /** How many times a question is asked again. */
  readonly retries?: number;
  /** Failed tries in a row that open the circuit. */
  readonly failuresToOpen?: number;
  /** How long the circuit stays open before one try is let through, in milliseconds. */
  readonly openForMs?: number;
  readonly fetch?: typeof fetch;
  readonly onCall?: (call: GatewayCall) => void;
  readonly onCircuit?: (circuit: GatewayCircuit) => void;
}

type Send<T> = (signal: AbortSignal, fetch: typeof globalThis.fetch) => Promise<T>;

/** Sends what a gateway is asked, within its time. Both throw `GatewayUnavailableError`; a `GatewayRefusalError` of `send` passes through. */
export interface GatewayCaller {
  /** A question, which may be repeated. Its failure never has an effect. */
  readonly ask: <T>(operation: string, send: Send<T>, caller?: AbortSignal) => Promise<T>;
  /** An order, sent once: its failure says whether it may have had an effect. */
  readonly order: <T>(operation: string, send: Send<T>, caller?: AbortSignal) => Promise<T>;
}

/** Failures that say something about the gateway, not about our question or our caller. */
const againstGateway: ReadonlySet<GatewayUnavailableReason> = new Set([
  'timeout',
  'unreachable',
  'server_error',
  'invalid_answer',
]);
const isAgainstGateway = (error: unknown) =>
  error instanceof GatewayFault && againstGateway.has(error.reason);

const circuits: Partial<Record<CircuitState, GatewayCircuit>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
};

/** A time limit, a retry for questions, and a circuit breaker shared by all calls of this process to one provider. Keep one a process. */
export function createGatewayCaller(provider: string, options: GatewayCallerOptions = {}): GatewayCaller {
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
        isAgainstGateway(error) ||
        // An abandoned probe proves nothing, and the breaker takes what it doesn't handle for a success.
        (error instanceof GatewayFault &&
          error.reason === 'cancelled' &&
          breaker.state === CircuitState.HalfOpen),
    ),
    { breaker: new ConsecutiveBreaker(failuresToOpen), halfOpenAfter: openForMs },
  );
  breaker.onStateChange((state) => {
    const circuit = circuits[state];
    if (circuit) options.onCircuit?.(circuit);
  });

  const asking = wrap(
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
    retry(handleWhen(isAgainstGateway), {
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
    operation: string,
    send: Send<T>,
    caller: AbortSignal | undefined,
  ): Promise<T> => {
    const startedAt = performance.now();
    let attempts = 0;
    const tell = (outcome: string) =>
      onCall({
        provider,
        operation,
        outcome,
        durationMs: Math.round(performance.now() - startedAt),
        attempts,
      });
    try {
      const result = await policy.execute(async ({ signal }: { signal: AbortSignal }) => {
        attempts += 1;
        try {
          return { done: await send(signal, fetch) };
        } catch (error) {
          // Handed round the breaker: a refusal is the gateway at work, and must close the circuit rather than open it.
          if (error instanceof GatewayRefusalError) return { refusal: error };
          throw caller?.aborted ? new GatewayFault('cancelled', 'unknown', { cause: error }) : error;
        }
      }, caller);
      if ('refusal' in result) throw result.refusal;
      tell('answered');
      return result.done;
    } catch (error) {
      if (error instanceof GatewayRefusalError) {
        tell('refused');
        throw error;
      }
      const reason = reasonOf(error, caller);
      tell(reason);
      const effect = policy === asking || attempts === 0 ? 'none' : effectOf(error);
      throw new GatewayUnavailableError(provider, reason, effect, { cause: error });
    }
  };

  return {
    ask: (operation, send, caller) => run(asking, operation, send, caller),
    order: (operation, send, caller) => run(ordering, operation, send, caller),
  };
}

function reasonOf(error: unknown, caller: AbortSignal | undefined): GatewayUnavailableReason {
  if (caller?.aborted) return 'cancelled';
  if (error instanceof GatewayFault) return error.reason;
  return isBrokenCircuitError(error) ? 'circuit_open' : 'timeout';
}

function effectOf(error: unknown): GatewayEffect {
  if (error instanceof GatewayFault) return error.effect;
  return isBrokenCircuitError(error) ? 'none' : 'unknown';
}
