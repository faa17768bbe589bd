import {
  casablancaDate,
  type Integrator,
  type IntegratorId,
  type RouteBody,
  type changeIntegrator as route,
} from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { integrators } from '../../db/schema/integrators.ts';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { changesOf, recordAct } from '../administration/record-act.ts';
import { presentIntegrator } from './integrators.presenter.ts';
import { getIntegrator, lockIntegrator } from './integrators.repository.ts';

/** Changes what is given, and nothing else. Suspended, its keys are refused at once and its webhooks are called no more. Throws `not_found`. */
export async function changeIntegrator(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  id: IntegratorId,
  { name, email, locale, active }: RouteBody<typeof route>,
): Promise<Integrator> {
  const parts = await database.transaction(async (tx) => {
    const former = await lockIntegrator(tx, agent, id);
    await tx
      .update(integrators)
      .set({
        name: name ?? former.name,
        email: email ?? former.email,
        locale: locale ?? former.locale,
        active: active ?? former.active,
      })
      .where(eq(integrators.id, id));
    const done = { by: agent.agentId, about: { integratorId: id }, at: now() };
    const changes = changesOf(former, { name, email, locale }, ['name', 'email', 'locale']);
    if (changes.length > 0) await recordAct(tx, { ...done, act: 'integrator_changed', changes });
    if (active !== undefined && active !== former.active)
      await recordAct(tx, { ...done, act: active ? 'integrator_restored' : 'integrator_suspended' });
    return await getIntegrator(tx, agent, id, casablancaDate(now()));
  });
  return presentIntegrator(parts);
}
