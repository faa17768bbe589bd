import type { ActorKind, AgentId, Authority, IntegratorId } from '@rnoce/schemas';
import { may } from '@rnoce/schemas/agent-rights';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../plugins/principal.ts';
import { ProblemError } from '../../plugins/problems.ts';

/** Who reads and decides an authority's dossiers: one of its agents, or a system of its own. Which dossiers is the repository's matter: their authority's. */
export type Decider =
  | { readonly kind: 'agent'; readonly agentId: AgentId; readonly authority: Authority }
  | { readonly kind: 'integrator'; readonly integratorId: IntegratorId; readonly authority: Authority };

/** The authority's side in who calls; undefined for an operator, and for systems of operators and issuers. */
function findDecider(principal: Principal | null, right: 'readFilings' | 'decideFilings') {
  if (principal?.kind === 'agent') {
    if (!may(principal, right)) throw new ProblemError('forbidden');
    const { kind, agentId, authority } = principal;
    return { kind, agentId, authority } satisfies Decider;
  }
  if (principal?.kind !== 'integrator' || principal.of.kind !== 'authority') return undefined;
  const { kind, integratorId, of } = principal;
  return { kind, integratorId, authority: of.authority } satisfies Decider;
}

/** Who reads for an authority; undefined when an operator's side calls. Throws `forbidden` unless an agent's role may read dossiers. */
export const findReader = ({ principal }: FastifyRequest): Decider | undefined =>
  findDecider(principal, 'readFilings');

function required(decider: Decider | undefined): Decider {
  if (!decider) throw new ProblemError('forbidden');
  return decider;
}

/** Who reads for an authority. Throws `forbidden` unless an agent's role may read dossiers; of a key, the route has judged the scope. */
export const readerOf = (request: FastifyRequest): Decider => required(findReader(request));

/** Who decides for an authority. Throws `forbidden` unless an agent's role may decide; of a key, the route has judged the scope. */
export const deciderOf = ({ principal }: FastifyRequest): Decider =>
  required(findDecider(principal, 'decideFilings'));

/** The agent or the system that did something, as rows keep it; neither for an operator's doing. */
export const columnsOf = (actor: {
  readonly kind: ActorKind;
  readonly agentId?: AgentId;
  readonly integratorId?: IntegratorId;
}) => ({ agentId: actor.agentId ?? null, integratorId: actor.integratorId ?? null });
