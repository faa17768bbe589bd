import { may } from '@rnoce/schemas/agent-rights';
import type { FastifyRequest } from 'fastify';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';
import { type Decider, deciderOf, findReader } from '../filings/deciders.ts';

/** Throws `forbidden` unless the agent is of customs, and their role may decide: PortNet's have no part in a customs account. */
export function requireCustomsDecider(agent: AgentPrincipal): AgentPrincipal {
  if (agent.authority !== 'customs' || !may(agent, 'decideFilings')) throw new ProblemError('forbidden');
  return agent;
}

function ofCustoms(decider: Decider): Decider {
  if (decider.authority !== 'customs') throw new ProblemError('forbidden');
  return decider;
}

/** Who reads for customs, an agent or a system; undefined when an operator's side calls. Throws `forbidden` to another authority's. */
export function findCustomsReader(request: FastifyRequest): Decider | undefined {
  const reader = findReader(request);
  return reader && ofCustoms(reader);
}

/** Throws `forbidden` unless an agent or a system of customs calls, who may read. */
export function requireCustomsReader(request: FastifyRequest): void {
  if (!findCustomsReader(request)) throw new ProblemError('forbidden');
}

/** Who decides for customs, an agent or a system. Throws `forbidden` to anybody else. */
export const customsDeciderOf = (request: FastifyRequest): Decider => ofCustoms(deciderOf(request));
