import { may } from '@rnoce/schemas/agent-rights';
import type { FastifyRequest } from 'fastify';
import type { AgentPrincipal, OperatorPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Who reads or writes: a filing's operator, or an agent of its authority; the agents are one side, whichever of them it is. */
export type Correspondent = OperatorPrincipal | AgentPrincipal;

/** Who calls; throws `forbidden` unless an agent's role may read dossiers. Which filings is the repository's matter. */
export function readerOf({ principal }: FastifyRequest): Correspondent {
  if (!principal || principal.kind === 'integrator') throw new ProblemError('not_signed_in');
  if (principal.kind === 'agent' && !may(principal, 'readFilings')) throw new ProblemError('forbidden');
  return principal;
}

/**
 * Who calls, to write or to have read; throws `forbidden` unless an agent's role may work on dossiers: who only supervises must not take a message
 * out of what waits for the others.
 */
export function writerOf(request: FastifyRequest): Correspondent {
  const caller = readerOf(request);
  if (caller.kind === 'agent' && !may(caller, 'decideFilings')) throw new ProblemError('forbidden');
  return caller;
}
