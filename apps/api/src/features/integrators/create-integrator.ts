import { type CreateIntegratorBody, casablancaDate, type Integrator } from '@rnoce/schemas';
import type { Executor } from '../../db/database.ts';
import type { integrators } from '../../db/schema/integrators.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { invalid, ProblemError } from '../../plugins/problems.ts';
import { recordAct } from '../administration/record-act.ts';
import { getIssuer, requireActive } from '../issuers/issuers.service.ts';
import { presentIntegrator } from './integrators.presenter.ts';
import { findAccountOfCode, getIntegrator, insertIntegrator } from './integrators.repository.ts';

type Owner = Pick<typeof integrators.$inferInsert, 'issuerId' | 'authority' | 'accountId'>;

async function ownerOf(
  executor: Executor,
  agent: AgentPrincipal,
  body: CreateIntegratorBody,
): Promise<Owner> {
  switch (body.kind) {
    case 'issuer':
      return { issuerId: requireActive(await getIssuer(executor, body.issuer)).id };
    case 'authority':
      if (body.authority !== agent.authority) throw new ProblemError('forbidden');
      return { authority: body.authority };
    case 'operator': {
      const accountId = await findAccountOfCode(executor, body.subscriptionCode);
      if (accountId === undefined) throw invalid([{ pointer: '/subscriptionCode', code: 'invalid' }]);
      return { accountId };
    }
  }
}

/**
 * Makes an integrator: it has no key yet. Throws `issuer_unknown`, `forbidden` for the other authority, and `validation` for a subscription
 * code that nobody with an account here holds.
 */
export async function createIntegrator(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  body: CreateIntegratorBody,
): Promise<Integrator> {
  const { kind, name, email, locale } = body;
  const at = now();
  const parts = await database.transaction(async (tx) => {
    const owner = await ownerOf(tx, agent, body);
    const id = await insertIntegrator(tx, { kind, name, email, locale, ...owner, createdAt: at });
    await recordAct(tx, { act: 'integrator_created', by: agent.agentId, about: { integratorId: id }, at });
    return await getIntegrator(tx, agent, id, casablancaDate(at));
  });
  return presentIntegrator(parts);
}
