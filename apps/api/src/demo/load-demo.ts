import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId, AgentId, AgentRole, Authority, FilingId, Reason } from '@rnoce/schemas';
import { count, eq, inArray } from 'drizzle-orm';
import { buildApp } from '../app.ts';
import { accounts } from '../db/schema/accounts.ts';
import { agents } from '../db/schema/agents.ts';
import type { Deps } from '../deps.ts';
import type { Environment } from '../env.ts';
import { findAccountByEmail, insertAccount, setPassword } from '../features/accounts/accounts.repository.ts';
import { hashPassword } from '../features/accounts/passwords.ts';
import { findActiveAgentByEmail } from '../features/agents/agents.repository.ts';
import { changeAgent } from '../features/agents/change-agent.ts';
import { createAgent, renewAgentCredentials } from '../features/agents/create-agent.ts';
import { inviteAgent } from '../features/agents/invite-agent.ts';
import { decideFiling } from '../features/filings/decide-filing.ts';
import { getDossier } from '../features/filings/dossier.service.ts';
import type { AgentPrincipal } from '../plugins/principal.ts';
import { openDeps } from '../process.ts';
import { demoAgents, demoInvitedAgent, demoSuspendedAgent } from './demo-agents.ts';
import { type DemoCompany, demoNewcomer } from './demo-companies.ts';
import { demoCompanies } from './demo-joint-companies.ts';
import { signInOperator, submitForm } from './demo-operator.ts';
import { demoRegistry } from './demo-registry.ts';
import { hasDemoIntegrators, loadDemoIntegrators } from './load-integrators.ts';
import { hasDemoInvoices, loadDemoInvoices } from './load-invoices.ts';
import { loadOperations } from './load-operations.ts';

/** One for all demonstration operators, printed at each start: it protects nothing. */
const password = 'Demo-RNOCE-2026';
const dayMs = 86_400_000;

/** What `npm start` prints. */
interface DemoAccount {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  readonly totpSecret?: string;
  readonly note?: string;
}

/**
 * Loads the demonstration data once: companies in each state of a request, agents in each state, invoices, integrators, and the list of their accounts. They are made through
 * the API and the services, as people would make them. Stopped half-way, the next start goes on from there. Throws in production.
 */
export async function loadDemo(environment: Environment): Promise<void> {
  if (environment.NODE_ENV === 'production')
    throw new Error('Demonstration data have accounts with known passwords: not in production.');
  const file = join(environment.DATA_DIR, 'demo-accounts.json');
  const { close, ...opened } = await openDeps(
    { ...environment, RATE_LIMITS: false, MAX_EVENT_LOOP_DELAY_MS: 0, LOG_LEVEL: 'warn' },
    'demo',
  );
  try {
    if (existsSync(file) && (await isLoaded(opened))) return;
    await writeAccounts(file, await makeAccounts(opened));
  } finally {
    await close();
  }
}

const operatorEmails = [demoNewcomer.email, ...demoCompanies.map(({ email }) => email)];
const agentEmails = [...demoAgents, demoInvitedAgent, demoSuspendedAgent].map(({ email }) => email);

/** Whether this database is the one that the list of accounts is about. */
async function isLoaded(deps: Deps): Promise<boolean> {
  const { database } = deps;
  const [operators] = await database
    .select({ found: count() })
    .from(accounts)
    .where(inArray(accounts.email, operatorEmails));
  const [officials] = await database
    .select({ found: count() })
    .from(agents)
    .where(inArray(agents.email, agentEmails));
  return (
    operators?.found === operatorEmails.length &&
    officials?.found === agentEmails.length &&
    (await hasDemoInvoices(deps)) &&
    (await hasDemoIntegrators(deps))
  );
}

async function makeAccounts(opened: Deps): Promise<DemoAccount[]> {
  let clock = opened.now();
  const today = clock;
  const registry = demoRegistry();
  const deps: Deps = { ...opened, badr: registry, now: () => clock };
  const goTo = (daysAgo: number) => {
    clock = new Date(today.getTime() - daysAgo * dayMs);
    return clock;
  };
  const listed: DemoAccount[] = [];
  const passwordHash = await hashPassword(password);
  const { role, note, ...newcomer } = demoNewcomer;
  await makeOperator(deps, newcomer, passwordHash);
  listed.push({ role, email: newcomer.email, password, note });

  const credentials = await makeAgents(deps);
  await administerAgents(deps);
  const app = await buildApp(deps);
  try {
    for (const demo of demoCompanies) {
      goTo(demo.daysAgo);
      if (demo.attaches) registry.know(demo);
      await makeOperator(deps, detailsOf(demo), passwordHash);
      const operator = await signInOperator(app, { email: demo.email, password });
      const { filings } = await submitForm(operator, demo, clock);
      for (const { id, authority, status } of filings) {
        const { goal, reasons = [] } = (authority === 'portnet' ? demo.portnet : undefined) ?? demo;
        if (goal === 'in_review' || status !== 'in_review') continue;
        clock = new Date(clock.getTime() + dayMs);
        await decide(deps, await deciderOf(deps, authority), id, { goal, reasons });
      }
      const agent = await deciderOf(deps, 'customs');
      const customs = filings.find(({ authority }) => authority === 'customs');
      if (customs) await loadOperations({ app, deps, registry, agent, password, goTo }, demo, customs.id);
      const { role: told, email, note: about } = demo;
      if (told) listed.push({ role: told, email, password, ...(about ? { note: about } : {}) });
    }
  } finally {
    await app.close();
  }
  await loadDemoInvoices(opened);
  await loadDemoIntegrators(opened);
  return [...listed, ...credentials];
}

const detailsOf = ({ email, company }: DemoCompany) => ({
  email,
  legalName: company.legalName ?? '',
  address: company.address ?? '',
  phone: company.phone ?? '',
});

async function makeOperator(
  { database, now }: Deps,
  details: ReturnType<typeof detailsOf>,
  passwordHash: string,
): Promise<void> {
  const account =
    (await findAccountByEmail(database, details.email)) ??
    (await insertAccount(database, { ...details, locale: 'fr' }, now()));
  if (!account) throw new Error('another process loads the demonstration data');
  await setPassword(database, account.id as AccountId, passwordHash, { now: now(), confirmsEmail: true });
}

async function makeAgents(deps: Deps): Promise<DemoAccount[]> {
  const made: DemoAccount[] = [];
  const settings = { ...deps, keepsPassword: true };
  for (const { role, name, email, authority, agentRole } of demoAgents) {
    const given =
      (await createAgent(settings, { name, email, authority, role: agentRole })) ??
      (await renewAgentCredentials(settings, email));
    if (given) made.push({ role, email, password: given.password, totpSecret: given.totpSecret });
  }
  return made;
}

/** What the administrator of customs did: one agent is invited, another one suspended. */
async function administerAgents(deps: Deps): Promise<void> {
  const { database } = deps;
  const administrator = await agentOf(deps, 'customs', 'administrator');
  const find = async (email: string) =>
    (await database.select({ id: agents.id }).from(agents).where(eq(agents.email, email)))[0];
  if (!(await find(demoInvitedAgent.email))) await inviteAgent(deps, administrator, demoInvitedAgent);
  await createAgent(deps, demoSuspendedAgent);
  const leaving = await find(demoSuspendedAgent.email);
  if (leaving) await changeAgent(deps, administrator, leaving.id as AgentId, { active: false });
}

const deciderOf = (deps: Deps, authority: Authority) => agentOf(deps, authority, 'decider');

async function agentOf({ database }: Deps, authority: Authority, wanted: AgentRole): Promise<AgentPrincipal> {
  const demo = demoAgents.find((one) => one.authority === authority && one.agentRole === wanted);
  const agent = demo && (await findActiveAgentByEmail(database, demo.email));
  if (!agent) throw new Error(`the demonstration has no ${wanted} at ${authority}`);
  const { id, name, role } = agent;
  return { kind: 'agent', sessionId: '', agentId: id as AgentId, name, authority, role };
}

async function decide(
  deps: Deps,
  agent: AgentPrincipal,
  id: FilingId,
  { goal, reasons }: { goal: DemoCompany['goal']; reasons: readonly Reason[] },
): Promise<void> {
  const { version } = await getDossier(deps.database, agent, id);
  const decision =
    goal === 'validated'
      ? ({ outcome: 'validated', reasons: [] } as const)
      : ({ outcome: 'incomplete', reasons } as const);
  await decideFiling(deps, agent, id, version, { ...decision, reasons: [...decision.reasons] });
}

/** Whole or not at all, and for its owner alone. */
async function writeAccounts(file: string, listed: readonly DemoAccount[]): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const draft = `${file}.${String(process.pid)}`;
  await writeFile(draft, `${JSON.stringify(listed, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
