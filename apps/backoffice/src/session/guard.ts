import { may } from '@rnoce/schemas/agent-rights';
import { createGuard } from '@rnoce/shell/guard';
import { leadOn } from '@rnoce/shell/lead-on';
import { paths } from '../paths.ts';
import { sessionStore } from './session-store.ts';

export const { requireSession, leadSignedInOn } = createGuard(sessionStore, async () => {
  const { sessionKeeper } = await import('./session.ts');
  return await sessionKeeper.resume();
});

/** Middleware of the screens that a given password doesn't open: to the choice of one's own. */
export async function requireOwnPassword(
  { request }: { readonly request: Request },
  next: () => Promise<unknown>,
): Promise<unknown> {
  if (sessionStore.principal()?.mustChoosePassword !== true) return await next();
  throw leadOn(request, paths.choosePassword);
}

/** Middleware of the dossiers' screens: who has nothing to do with them is led to the payments, from the entrance above all. */
export async function leadToOwnWork(
  { request }: { readonly request: Request },
  next: () => Promise<unknown>,
): Promise<unknown> {
  const agent = sessionStore.principal();
  if (!agent || may(agent, 'readFilings')) return await next();
  throw leadOn(request, paths.payments);
}

/** Middleware of the operations on customs accounts: another authority's agents have none, and are led to their queue. */
export async function requireCustoms(
  { request }: { readonly request: Request },
  next: () => Promise<unknown>,
): Promise<unknown> {
  const agent = sessionStore.principal();
  if (!agent || agent.authority === 'customs') return await next();
  throw leadOn(request, paths.queue);
}

/** Middleware of the administration's screens, which are administrators' alone: others are led to their own work. */
export async function requireAdministrator(
  { request }: { readonly request: Request },
  next: () => Promise<unknown>,
): Promise<unknown> {
  const agent = sessionStore.principal();
  if (!agent || may(agent, 'manageAgents')) return await next();
  throw leadOn(request, paths.queue);
}

/** Loader of that choice: who has made it has nothing to do there. */
export const leadChosenOn = ({ request }: { readonly request: Request }): Response | null =>
  sessionStore.principal()?.mustChoosePassword === false ? leadOn(request, paths.account) : null;
