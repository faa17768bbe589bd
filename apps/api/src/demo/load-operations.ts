import {
  addMonths,
  type CustomsRequest,
  type CustomsRequestId,
  type CustomsRequestRow,
  casablancaDate,
  type FilingId,
  requestFieldsOf,
} from '@rnoce/schemas';
import type { App } from '../app.ts';
import type { Deps } from '../deps.ts';
import { findRequest } from '../features/customs-requests/customs-requests.repository.ts';
import { decideRequest } from '../features/customs-requests/decide-request.ts';
import { registerOperator } from '../jobs/register-operator.ts';
import type { AgentPrincipal } from '../plugins/principal.ts';
import type { DemoCompany } from './demo-companies.ts';
import { demoDocument } from './demo-documents.ts';
import { type DemoOperation, demoOperations } from './demo-operations.ts';
import { type DemoOperator, signInOperator } from './demo-operator.ts';
import type { DemoRegistry } from './demo-registry.ts';

interface Loading {
  readonly app: App;
  readonly deps: Deps;
  readonly registry: DemoRegistry;
  readonly agent: AgentPrincipal;
  readonly password: string;
  /** Sets the clock of the API, in days before today. */
  readonly goTo: (daysAgo: number) => Date;
}

/** Fills a draft, with its documents, from wherever an earlier run was stopped. */
async function fill(
  { call }: DemoOperator,
  { company }: DemoCompany,
  { type, company: changes = {}, details = {} }: DemoOperation,
  at: Date,
): Promise<CustomsRequest> {
  const { id } = await call<CustomsRequest>('POST', '/customs-requests', { body: { type } });
  const path = `/customs-requests/${id}`;
  let draft = await call<CustomsRequest>('GET', path);
  const asksForDate =
    'tradeRegisterDate' in requestFieldsOf(type) &&
    (type === 'update' || details.evidence === 'trade_register');
  const given = {
    ...details,
    ...(asksForDate ? { tradeRegisterDate: addMonths(casablancaDate(at), -1) } : {}),
  };
  draft = await call<CustomsRequest>('PUT', `${path}/details`, { body: given, version: draft.version });
  if (type === 'update') {
    const body = { ...draft.sections.company, ...changes };
    draft = await call<CustomsRequest>('PUT', `${path}/sections/company`, { body, version: draft.version });
  }
  const { legalName, ice } = company;
  for (const { document, asked } of draft.documents)
    if (asked)
      await call('PUT', `${path}/documents/${document}`, {
        file: await demoDocument(document, { legalName: legalName ?? '', ice: ice ?? '', at }),
      });
  return await call<CustomsRequest>('GET', path);
}

async function decide(
  { deps, agent }: Loading,
  id: CustomsRequestId,
  { outcome, reasons = [] }: DemoOperation,
): Promise<void> {
  if (!outcome) return;
  const { version = 0 } = (await findRequest(deps.database, 'customs', id)) ?? {};
  await decideRequest(deps, agent, id, version, { outcome, reasons: [...reasons] });
}

/**
 * Makes what a demonstration account asked of customs, and what they decided. What an earlier run made is left as it is. The effects wait in the
 * queue for the sandbox's BADR.
 */
export async function loadOperations(loading: Loading, demo: DemoCompany, filingId: FilingId): Promise<void> {
  const operations = demoOperations[demo.email];
  if (!operations) return;
  const { app, deps, registry, password, goTo } = loading;
  registry.know(demo);
  await registerOperator(deps, { filingId });
  for (const [index, operation] of operations.entries()) {
    const at = goTo(operation.daysAgo);
    const operator = await signInOperator(app, { email: demo.email, password });
    const { items } = await operator.call<{ items: CustomsRequestRow[] }>(
      'GET',
      '/customs-requests?pageSize=100&sort=oldest',
    );
    const earlier = items[index];
    if (!earlier) {
      const draft = await fill(operator, demo, operation, at);
      if (operation.isDraft) continue;
      await operator.call('POST', `/customs-requests/${draft.id}/submission`, {
        body: operation.type === 'cancellation' ? { password } : {},
        version: draft.version,
      });
      await decide(loading, draft.id, operation);
    } else if (earlier.status === 'in_review') await decide(loading, earlier.id, operation);
    if (operation.outcome === 'accepted' && operation.type !== 'update')
      registry.know(demo, { accountStatus: operation.type === 'cancellation' ? 'cancelled' : 'active' });
  }
}
