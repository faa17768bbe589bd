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
import { z } from 'zod';
import {
  type BadrGateway,
  type BadrIdentifiers,
  type BadrLookup,
  type BadrOutcome,
  BadrRefusalError,
  BadrUnavailableError,
  type BadrUnavailableReason,
} from './badr-gateway.ts';
import { type BadrAnswer, BadrFault, requestBadr } from './badr-http.ts';
import {
  BadrMismatch,
  BadrNotRegistered,
  BadrReceipt,
  BadrRecord,
  BadrReferenceUsed,
  BadrRefused,
  BadrRegistration,
} from './badr-record.ts';

export type BadrCircuit = 'closed' | 'open' | 'half_open';

export interface BadrGatewayOptions {
  /** Where BADR is, without its operations: `https://badr.example/api`. */
  url: string;
  /** Sent as a bearer token. */
  key: string;
  /** Time allowed to a lookup, retry included, in milliseconds. The API answers within 5 s (spec « New subscription »). */
  timeoutMs?: number;
  /** Time allowed to one of its tries, in milliseconds; three quarters of the whole by default, which leaves time for another. */
  tryTimeoutMs?: number;
  /** Time allowed to a registration, in milliseconds; it runs in the background and is retried by its queue. */
  registerTimeoutMs?: number;
  /** How many times a lookup is tried again. */
  retries?: number;
  /** Failed tries in a row that open the circuit. */
  failuresToOpen?: number;
  /** How long the circuit stays open before one try is let through, in milliseconds. */
  openForMs?: number;
  fetch?: typeof fetch;
  onOutcome?: (outcome: BadrOutcome) => void;
  onCircuit?: (circuit: BadrCircuit) => void;
}

const healthTimeoutMs = 2_000;

/** Failures that say something about BADR, not about our question or our caller. */
const againstBadr: ReadonlySet<BadrUnavailableReason> = new Set([
  'timeout',
  'unreachable',
  'server_error',
  'invalid_answer',
]);
const isAgainstBadr = (error: unknown) => error instanceof BadrFault && againstBadr.has(error.reason);

const circuits: Partial<Record<CircuitState, BadrCircuit>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
};

function readLookup(answer: BadrAnswer, asked: BadrIdentifiers): BadrLookup {
  switch (answer.status) {
    case 200: {
      const record = answer.as(BadrRecord);
      const same =
        record.operatorType === asked.operatorType &&
        record.ice === asked.ice &&
        record.taxId === asked.taxId &&
        record.rcNumber === asked.rcNumber &&
        record.rcCentre === asked.rcCentre;
      // Another company's record would disclose it and prefill the form with it.
      if (!same) throw new BadrFault('invalid_answer');
      return { status: 'registered', record };
    }
    // A bare 404 may come from a proxy or a wrong address: only BADR's own code means « not registered ».
    case 404:
      answer.as(BadrNotRegistered);
      return { status: 'not_registered' };
    case 409:
      return { status: 'mismatch', fields: answer.as(BadrMismatch).fields };
    default:
      throw new BadrFault('invalid_answer');
  }
}

function readReceipt(answer: BadrAnswer): BadrReceipt | BadrRefusalError {
  switch (answer.status) {
    case 200:
    case 201:
      return answer.as(BadrReceipt);
    case 422:
      return new BadrRefusalError('refused', answer.as(BadrRefused).reason);
    case 409:
      answer.as(BadrReferenceUsed);
      return new BadrRefusalError(
        'reference_already_used',
        'This reference was registered with another record.',
      );
    default:
      throw new BadrFault('invalid_answer');
  }
}

const reasonOf = (error: unknown, caller: AbortSignal | undefined): BadrUnavailableReason => {
  if (caller?.aborted) return 'cancelled';
  if (error instanceof BadrFault) return error.reason;
  return isBrokenCircuitError(error) ? 'circuit_open' : 'timeout';
};

/**
 * BADR over HTTP (docs/decisions/003-badr-protocol.md), with a time limit, a retry for lookups and a circuit breaker shared by lookups and
 * registrations of this process. Keep one gateway a process, or the breaker sees nothing.
 */
export function createBadrGateway(options: BadrGatewayOptions): BadrGateway {
  const {
    url,
    key,
    timeoutMs = 4_000,
    tryTimeoutMs = timeoutMs * 0.75,
    registerTimeoutMs = 10_000,
    retries = 1,
    failuresToOpen = 5,
    openForMs = 10_000,
    fetch = globalThis.fetch,
    onOutcome = () => undefined,
  } = options;
  const address = (path: string) => new URL(`${url.replace(/\/+$/, '')}/${path}`);

  const breaker = circuitBreaker(
    handleWhen(
      (error) =>
        isAgainstBadr(error) ||
        // An abandoned probe proves nothing, and the breaker takes what it doesn't handle for a success.
        (error instanceof BadrFault &&
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
  const lookupPolicy = wrap(
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
    retry(handleWhen(isAgainstBadr), {
      maxAttempts: retries,
      backoff: new ExponentialBackoff({ initialDelay: 80, maxDelay: 250 }),
    }),
    breaker,
    timeout(Math.min(tryTimeoutMs, timeoutMs), TimeoutStrategy.Cooperative),
  );
  const registerPolicy = wrap(
    timeout(registerTimeoutMs, TimeoutStrategy.Aggressive),
    breaker,
    timeout(registerTimeoutMs, TimeoutStrategy.Cooperative),
  );

  /** Runs one operation through its policy and tells its outcome. Throws `BadrUnavailableError`. */
  const run = async <T>(
    policy: typeof lookupPolicy | typeof registerPolicy,
    operation: BadrOutcome['operation'],
    caller: AbortSignal | undefined,
    send: (signal: AbortSignal) => Promise<T>,
    outcomeOf: (result: T) => string,
  ): Promise<T> => {
    const startedAt = performance.now();
    let attempts = 0;
    const tell = (outcome: string) =>
      onOutcome({ operation, outcome, durationMs: Math.round(performance.now() - startedAt), attempts });
    try {
      const result = await policy.execute(async ({ signal }: { signal: AbortSignal }) => {
        attempts += 1;
        try {
          return await send(signal);
        } catch (error) {
          throw caller?.aborted ? new BadrFault('cancelled', { cause: error }) : error;
        }
      }, caller);
      tell(outcomeOf(result));
      return result;
    } catch (error) {
      const reason = reasonOf(error, caller);
      tell(reason);
      throw new BadrUnavailableError(reason);
    }
  };

  return {
    async findOperator(identifiers, caller) {
      const { operatorType, ice, taxId, rcNumber, rcCentre } = identifiers;
      const target = address('operators');
      target.search = new URLSearchParams({ operatorType, ice, taxId, rcNumber, rcCentre }).toString();
      const send = async (signal: AbortSignal) =>
        readLookup(await requestBadr({ method: 'GET', url: target, key, signal, fetch }), identifiers);
      try {
        return await run(lookupPolicy, 'find_operator', caller, send, (lookup) => lookup.status);
      } catch (error) {
        if (error instanceof BadrUnavailableError) return { status: 'unavailable', reason: error.reason };
        throw error;
      }
    },

    async register(reference, record, caller) {
      const checked = BadrRegistration.safeParse(record);
      if (!checked.success) throw new BadrRefusalError('invalid_record', z.prettifyError(checked.error));
      const target = address(`registrations/${encodeURIComponent(reference)}`);
      const send = async (signal: AbortSignal) =>
        readReceipt(
          await requestBadr({ method: 'PUT', url: target, key, body: checked.data, signal, fetch }),
        );
      const answer = await run(registerPolicy, 'register', caller, send, (receipt) =>
        receipt instanceof BadrRefusalError ? 'refused' : 'accepted',
      );
      // Thrown here and not inside: a refusal is BADR at work, and must close the circuit rather than open it.
      if (answer instanceof BadrRefusalError) throw answer;
      return answer;
    },

    async health(caller) {
      const startedAt = performance.now();
      const limit = AbortSignal.timeout(healthTimeoutMs);
      const signal = caller ? AbortSignal.any([caller, limit]) : limit;
      const up = await requestBadr({ method: 'GET', url: address('health'), key, signal, fetch }).then(
        (answer) => answer.status === 200,
        () => false,
      );
      const durationMs = Math.round(performance.now() - startedAt);
      onOutcome({ operation: 'health', outcome: up ? 'up' : 'down', durationMs, attempts: 1 });
      return up;
    },
  };
}
