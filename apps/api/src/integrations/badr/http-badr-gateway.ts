import { z } from 'zod';
import { createOutsideCaller, type OutsideCallerOptions } from '../outside-call/outside-caller.ts';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import { type OutsideAnswer, type OutsideRequest, requestOutside } from '../outside-call/outside-http.ts';
import {
  type BadrEffect,
  type BadrGateway,
  type BadrIdentifiers,
  type BadrLookup,
  BadrRefusalError,
  BadrUnavailableError,
} from './badr-gateway.ts';
import { BadrApplied, BadrConflict, BadrOperation } from './badr-operation.ts';
import {
  BadrMismatch,
  BadrNotRegistered,
  BadrReceipt,
  BadrRecord,
  BadrReferenceUsed,
  BadrRefused,
  BadrRegistration,
} from './badr-record.ts';

/**
 * A lookup has 4 s, retry included, because the API answers within 5 s (spec « New subscription »); a registration runs in the background
 * and is retried by its queue.
 */
export interface BadrGatewayOptions extends OutsideCallerOptions {
  /** Where BADR is, without its operations: `https://badr.example/api`. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly key: string;
}

const service = 'badr';
const lookupTimeoutMs = 4_000;
const healthTimeoutMs = 2_000;

const nonsense = () => new OutsideFault('invalid_answer', 'unknown');

function readLookup(answer: OutsideAnswer, asked: BadrIdentifiers): BadrLookup {
  switch (answer.status) {
    case 200: {
      const record = answer.json(BadrRecord);
      const same =
        record.operatorType === asked.operatorType &&
        record.ice === asked.ice &&
        record.taxId === asked.taxId &&
        record.rcNumber === asked.rcNumber &&
        record.rcCentre === asked.rcCentre;
      // Another company's record would disclose it and prefill the form with it.
      if (!same) throw nonsense();
      return { status: 'registered', record };
    }
    // A bare 404 may come from a proxy or a wrong address: only BADR's own code means « not registered ».
    case 404:
      answer.json(BadrNotRegistered);
      return { status: 'not_registered' };
    case 409:
      return { status: 'mismatch', fields: answer.json(BadrMismatch).fields };
    default:
      throw nonsense();
  }
}

/** Throws `BadrRefusalError` when BADR says no for good. */
function readReceipt(answer: OutsideAnswer): BadrReceipt {
  switch (answer.status) {
    case 200:
    case 201:
      return answer.json(BadrReceipt);
    case 422:
      throw new BadrRefusalError('refused', answer.json(BadrRefused).reason);
    case 409:
      answer.json(BadrReferenceUsed);
      throw new BadrRefusalError(
        'reference_already_used',
        'This reference was registered with another record.',
      );
    default:
      throw nonsense();
  }
}

/** Throws `BadrRefusalError` when BADR says no for good. */
function readEffect(answer: OutsideAnswer, { type }: BadrOperation): BadrEffect {
  switch (answer.status) {
    case 200:
    case 201:
      return { status: 'applied', appliedAt: answer.json(BadrApplied).appliedAt };
    case 422:
      throw new BadrRefusalError('refused', answer.json(BadrRefused).reason);
    case 409:
      return readConflict(answer.json(BadrConflict), type);
    default:
      throw nonsense();
  }
}

/** An account that is already as asked counts as done; an update of an account that was cancelled meanwhile writes nothing. */
function readConflict(conflict: z.infer<typeof BadrConflict>, type: BadrOperation['type']): BadrEffect {
  switch (conflict.code) {
    case 'RECORD_CHANGED':
      return { status: 'overtaken', fields: conflict.fields };
    case 'ACCOUNT_STATUS': {
      const asked = type === 'cancellation' ? 'cancelled' : 'active';
      // BADR complains of a status that is right: taken for an effect, it would hide that nothing was written.
      if (type === 'update' && conflict.accountStatus === asked) throw nonsense();
      return conflict.accountStatus === asked
        ? { status: 'applied', appliedAt: null }
        : { status: 'overtaken', fields: ['accountStatus'] };
    }
    case 'REFERENCE_ALREADY_USED':
      throw new BadrRefusalError('reference_already_used', 'This reference was used for another operation.');
  }
}

/**
 * BADR over HTTP (docs/decisions/003-badr-protocol.md), with a time limit, a retry for lookups and a circuit breaker shared by lookups,
 * registrations and operations of this process. Keep one gateway a process, or the breaker sees nothing.
 */
export function createBadrGateway(options: BadrGatewayOptions): BadrGateway {
  const { url, key, timeoutMs = lookupTimeoutMs, fetch = globalThis.fetch, onCall } = options;
  const caller = createOutsideCaller(
    service,
    { ...options, timeoutMs },
    (error) => error instanceof BadrRefusalError,
  );
  const address = (path: string) => new URL(`${url.replace(/\/+$/, '')}/${path}`);
  const request = (sent: Pick<OutsideRequest, 'method' | 'url' | 'body' | 'signal' | 'fetch' | 'answers'>) =>
    requestOutside({
      ...sent,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        ...(sent.body !== undefined && { 'content-type': 'application/json' }),
      },
    });

  return {
    async findOperator(identifiers, signal) {
      const { operatorType, ice, taxId, rcNumber, rcCentre } = identifiers;
      const target = address('operators');
      target.search = new URLSearchParams({ operatorType, ice, taxId, rcNumber, rcCentre }).toString();
      try {
        return await caller.ask({
          operation: 'find_operator',
          send: async (limit, send) => {
            const answers = [200, 404, 409];
            const asked = { method: 'GET', url: target, answers, signal: limit, fetch: send } as const;
            return readLookup(await request(asked), identifiers);
          },
          caller: signal,
          outcomeOf: (lookup) => lookup.status,
        });
      } catch (error) {
        if (error instanceof OutsideFault) return { status: 'unavailable', reason: error.reason };
        throw error;
      }
    },

    async register(reference, record, signal) {
      const checked = BadrRegistration.safeParse(record);
      if (!checked.success) throw new BadrRefusalError('invalid_record', z.prettifyError(checked.error));
      const target = address(`registrations/${encodeURIComponent(reference)}`);
      const body = JSON.stringify(checked.data);
      try {
        return await caller.order({
          operation: 'register',
          send: async (limit, send) => {
            const answers = [200, 201, 409, 422];
            const sent = { method: 'PUT', url: target, body, answers, signal: limit, fetch: send } as const;
            return readReceipt(await request(sent));
          },
          caller: signal,
          outcomeOf: () => 'accepted',
        });
      } catch (error) {
        if (error instanceof OutsideFault) throw new BadrUnavailableError(error.reason);
        throw error;
      }
    },

    async operate(reference, operation, signal) {
      const checked = BadrOperation.safeParse(operation);
      if (!checked.success) throw new BadrRefusalError('invalid_record', z.prettifyError(checked.error));
      const target = address(`operations/${encodeURIComponent(reference)}`);
      const body = JSON.stringify(checked.data);
      try {
        return await caller.order({
          operation: 'operate',
          send: async (limit, send) => {
            const answers = [200, 201, 409, 422];
            const sent = { method: 'PUT', url: target, body, answers, signal: limit, fetch: send } as const;
            return readEffect(await request(sent), checked.data);
          },
          caller: signal,
          outcomeOf: (effect) => effect.status,
        });
      } catch (error) {
        if (error instanceof OutsideFault) throw new BadrUnavailableError(error.reason);
        throw error;
      }
    },

    async health(caller) {
      const startedAt = performance.now();
      const limit = AbortSignal.timeout(healthTimeoutMs);
      const signal = caller ? AbortSignal.any([caller, limit]) : limit;
      const asked = { method: 'GET', url: address('health'), answers: [200], signal, fetch } as const;
      const up = await request(asked).then(
        () => true,
        () => false,
      );
      const durationMs = Math.round(performance.now() - startedAt);
      onCall?.({ service, operation: 'health', outcome: up ? 'up' : 'down', durationMs, attempts: 1 });
      return up;
    },
  };
}
