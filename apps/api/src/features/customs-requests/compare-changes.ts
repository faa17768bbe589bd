import { type ManagerDraft, type RequestChange, sameManager, type UpdatedSections } from '@rnoce/schemas';
import type { RuleContext } from '../subscriptions/subscriptions.form.ts';
import { requestContext } from './customs-requests.presenter.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';
import { sectionsOfRecord } from './read-registry.ts';
import { presentChanges } from './request-changes.ts';

type Value = RequestChange['before'];

/** What a record says of an item, `company.<field>` or `managers.<key>`; null: nothing. */
function valueOf({ company = {}, managers = [] }: UpdatedSections, item: string): Value {
  const [section = '', name = ''] = item.split('.');
  if (section === 'managers') return managers.find(({ key }) => key === name) ?? null;
  const value: unknown = (company as Readonly<Record<string, unknown>>)[name];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return value === true ? 'true' : null;
}

const isManager = (value: Value): value is ManagerDraft => typeof value === 'object' && value !== null;

const isSame = (one: Value, other: Value): boolean =>
  isManager(one) && isManager(other) ? sameManager(one, other) : one === other;

/**
 * What an update asks for, as agents see it: what BADR held when it was last read beside what the form was filled from. Without a record, `now` is
 * missing: nobody knows it.
 */
export function compareChanges(request: RequestRecord, rules: RuleContext): RequestChange[] {
  const changes = presentChanges(request);
  if (!request.registryRecord) return changes;
  const { before, sections } = request;
  // By both identity documents of a manager whose number is what changes.
  const managers = [...(before.managers ?? []), ...(sections.managers ?? [])];
  const held = sectionsOfRecord(request.registryRecord, requestContext(request, rules), { managers });
  return changes.map((change) => {
    const now = valueOf(held, change.item);
    return { ...change, now, overtaken: !isSame(now, change.before) };
  });
}
