import { z } from 'zod';
import { createOutsideCaller, type OutsideCallerOptions } from '../outside-call/outside-caller.ts';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import { type OutsideAnswer, requestOutside } from '../outside-call/outside-http.ts';
import {
  type SingleWindowGateway,
  SingleWindowRefusalError,
  SingleWindowUnavailableError,
} from './single-window-gateway.ts';
import {
  AccountOpening,
  keyHeader,
  OpenedAccount,
  OpeningRefused,
  ReferenceUsed,
} from './single-window-protocol.ts';

export interface SingleWindowGatewayOptions extends OutsideCallerOptions {
  /** Where the single window is, without its operations: `https://single-window.example/api`. */
  readonly url: string;
  readonly key: string;
}

/** The single window of an installation; undefined where it isn't configured. */
export const openSingleWindow = (settings: {
  readonly SINGLE_WINDOW_URL: string;
  readonly SINGLE_WINDOW_KEY: string;
}): SingleWindowGateway | undefined =>
  settings.SINGLE_WINDOW_URL === ''
    ? undefined
    : createSingleWindowGateway({ url: settings.SINGLE_WINDOW_URL, key: settings.SINGLE_WINDOW_KEY });

const service = 'single_window';
/** An opening runs in the background, and its queue tries again. */
const openingTimeoutMs = 8_000;
const healthTimeoutMs = 2_000;

/** Throws `SingleWindowRefusalError` when the answer is no. */
function readOpened(answer: OutsideAnswer): OpenedAccount {
  switch (answer.status) {
    case 200:
    case 201:
      return answer.json(OpenedAccount);
    case 422:
      throw new SingleWindowRefusalError('refused', answer.json(OpeningRefused).reason);
    default:
      answer.json(ReferenceUsed);
      throw new SingleWindowRefusalError(
        'reference_already_used',
        'This reference was used for another account.',
      );
  }
}

/**
 * The single window over HTTP (docs/decisions/016-single-window-protocol.md), with a time limit, a retry and a circuit breaker of this
 * process. Keep one gateway a process, or the breaker sees nothing.
 */
export function createSingleWindowGateway(options: SingleWindowGatewayOptions): SingleWindowGateway {
  const { url, key, timeoutMs = openingTimeoutMs, fetch = globalThis.fetch, onCall } = options;
  const caller = createOutsideCaller(
    service,
    { ...options, timeoutMs },
    (error) => error instanceof SingleWindowRefusalError,
  );
  const address = (path: string) => new URL(`${url.replace(/\/+$/, '')}/${path}`);
  const headers = { accept: 'application/json', [keyHeader]: key };

  return {
    async openAccount(reference, opening, signal) {
      const checked = AccountOpening.safeParse(opening);
      if (!checked.success)
        throw new SingleWindowRefusalError('invalid_opening', z.prettifyError(checked.error));
      const sent = {
        method: 'PUT',
        url: address(`accounts/${encodeURIComponent(reference)}`),
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(checked.data),
        answers: [200, 201, 409, 422],
      } as const;
      try {
        // Asked and not ordered: by its reference an opening may be repeated, at once as well as later.
        return await caller.ask({
          operation: 'open_account',
          send: async (limit, send) =>
            readOpened(await requestOutside({ ...sent, signal: limit, fetch: send })),
          caller: signal,
          outcomeOf: () => 'opened',
        });
      } catch (error) {
        if (error instanceof OutsideFault) throw new SingleWindowUnavailableError(error.reason);
        throw error;
      }
    },

    async health(waiting) {
      const startedAt = performance.now();
      const limit = AbortSignal.timeout(healthTimeoutMs);
      const signal = waiting ? AbortSignal.any([waiting, limit]) : limit;
      const asked = {
        method: 'GET',
        url: address('health'),
        headers,
        answers: [200],
        signal,
        fetch,
      } as const;
      const up = await requestOutside(asked).then(
        () => true,
        () => false,
      );
      const durationMs = Math.round(performance.now() - startedAt);
      onCall?.({ service, operation: 'health', outcome: up ? 'up' : 'down', durationMs, attempts: 1 });
      return up;
    },
  };
}
