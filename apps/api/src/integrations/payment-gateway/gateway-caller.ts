import { createOutsideCaller, type OutsideCallerOptions, type Send } from '../outside-call/outside-caller.ts';
import { OutsideFault } from '../outside-call/outside-fault.ts';
import { GatewayRefusalError, GatewayUnavailableError } from './gateway-errors.ts';

/** Sends what a gateway is asked, within its time. Both throw `GatewayUnavailableError`; a `GatewayRefusalError` of `send` passes through. */
export interface GatewayCaller {
  /** A question, which may be repeated. Its failure never has an effect. */
  readonly ask: <T>(operation: string, send: Send<T>, signal?: AbortSignal) => Promise<T>;
  /** An order, sent once: its failure says whether it may have had an effect. */
  readonly order: <T>(operation: string, send: Send<T>, signal?: AbortSignal) => Promise<T>;
}

/** The calls of this process to one payment provider. Keep one a process. */
export function createGatewayCaller(provider: string, options: OutsideCallerOptions = {}): GatewayCaller {
  const caller = createOutsideCaller(provider, options, (error) => error instanceof GatewayRefusalError);
  const unavailable = (error: unknown): never => {
    if (!(error instanceof OutsideFault)) throw error;
    throw new GatewayUnavailableError(provider, error.reason, error.effect, { cause: error });
  };
  return {
    ask: (operation, send, signal) => caller.ask({ operation, send, caller: signal }).catch(unavailable),
    order: (operation, send, signal) => caller.order({ operation, send, caller: signal }).catch(unavailable),
  };
}
