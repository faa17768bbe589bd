import {
  type AccountId,
  type CompanyDraft,
  type CustomsRequestId,
  type FormContext,
  fieldsOutsideUpdate,
  forbiddenIssues,
  type Issue,
  type ManagersDraft,
  pointerOf,
  RequestDetails,
  requestFieldsOf,
  tidyFields,
  tidySection,
  updateFixedFields,
} from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { customsRequests } from '../../db/schema/customs-requests.ts';
import type { Deps } from '../../deps.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { keyItems } from '../subscriptions/item-keys.ts';
import { stale } from '../subscriptions/subscriptions.errors.ts';
import { loadRuleContext } from '../subscriptions/subscriptions.form.ts';
import { requestNotEditable } from './customs-requests.errors.ts';
import { requestContext } from './customs-requests.presenter.ts';
import { findRequest } from './customs-requests.repository.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

export interface SaveRequest {
  readonly accountId: AccountId;
  readonly id: CustomsRequestId;
  /** The version that the operator has on the screen. */
  readonly version: number;
}

type Saved = Partial<Pick<RequestRecord, 'details' | 'sections'>>;
type Values = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Throws `request_not_editable` unless the request is a draft, `stale` unless it is the version that its operator sees. */
export function assertOpen(request: RequestRecord, seen: number): void {
  if (request.status !== 'draft') throw requestNotEditable();
  if (request.version !== seen) throw stale(request.version);
}

/**
 * Saves a part of a draft: one statement reads, one writes, and the version decides between two tabs. A draft may be wrong or incomplete; what
 * the request must not have is refused. Throws `not_found`, `request_not_editable`, `stale` (with the version that stands) and `validation`.
 */
async function save(
  deps: Deps,
  { accountId, id, version }: SaveRequest,
  accept: (request: RequestRecord, context: FormContext) => Saved,
): Promise<void> {
  const { database, now } = deps;
  const request = await findRequest(database, { accountId }, id);
  if (!request) throw notFound();
  assertOpen(request, version);
  const accepted = accept(request, requestContext(request, await loadRuleContext(deps)));
  const [saved] = await database
    .update(customsRequests)
    .set({ ...accepted, savedAt: now(), version: version + 1 })
    .where(
      and(
        eq(customsRequests.id, id),
        eq(customsRequests.accountId, accountId),
        eq(customsRequests.version, version),
        eq(customsRequests.status, 'draft'),
      ),
    )
    .returning({ id: customsRequests.id });
  if (saved) return;
  const standing = await findRequest(database, { accountId }, id);
  if (!standing) throw notFound();
  assertOpen(standing, version);
  throw new Error('a draft of the right version was not saved');
}

/** Saves the motif, the comment, the date. What belongs to another operation is refused; what isn't shown beside the rest is dropped. */
export const saveDetails = async (deps: Deps, at: SaveRequest, given: RequestDetails): Promise<void> =>
  save(deps, at, ({ type }, context) => {
    const fields = requestFieldsOf(type);
    const foreign = Object.entries(given).filter(([name, value]) => !isEmpty(value) && !fields[name]);
    if (foreign.length > 0)
      throw invalid(foreign.map(([name]): Issue => ({ pointer: pointerOf([name]), code: 'forbidden' })));
    return { details: RequestDetails.parse(tidyFields(fields, context, given)) };
  });

/** An update of sections alone has some. */
function assertUpdate({ type }: RequestRecord): void {
  if (type !== 'update') throw invalid([{ pointer: '', code: 'forbidden' }]);
}

const without = (company: CompanyDraft, names: readonly string[]): CompanyDraft =>
  Object.fromEntries(Object.entries(company).filter(([name]) => !names.includes(name)));

/** By these BADR knows the account: they stay what they are, and another value is refused. */
function fixedIssues({ before }: RequestRecord, company: CompanyDraft): Issue[] {
  const [held, typed]: [Values, Values] = [before.company ?? {}, company];
  return updateFixedFields
    .filter((name) => !isEmpty(typed[name]) && typed[name] !== held[name])
    .map((name) => ({ pointer: pointerOf([name]), code: 'differs_from_registry' }));
}

/** Saves « Informations sur la société » of an update. */
export const saveCompany = async (deps: Deps, at: SaveRequest, given: CompanyDraft): Promise<void> =>
  save(deps, at, (request, context) => {
    assertUpdate(request);
    const typed = tidySection('company', context, without(given, fieldsOutsideUpdate));
    const issues = [...forbiddenIssues('company', context, given), ...fixedIssues(request, typed)];
    if (issues.length > 0) throw invalid(issues);
    const fixed = Object.fromEntries(updateFixedFields.map((name) => [name, request.before.company?.[name]]));
    return { sections: { ...request.sections, company: { ...typed, ...fixed } } };
  });

/** Saves « Les gérants » of an update; each keeps its key, by which changes are told. */
export const saveManagers = async (deps: Deps, at: SaveRequest, given: ManagersDraft): Promise<void> =>
  save(deps, at, (request, context) => {
    assertUpdate(request);
    const issues = forbiddenIssues('managers', context, given);
    if (issues.length > 0) throw invalid(issues);
    const kept = { managers: [...(request.sections.managers ?? []), ...(request.before.managers ?? [])] };
    return {
      sections: {
        ...request.sections,
        ...keyItems({ managers: tidySection('managers', context, given) }, kept),
      },
    };
  });
