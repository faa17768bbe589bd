import {
  type CompanyDraft,
  type ManagerDraft,
  type RecordChange,
  type RequestChange,
  recordChanges,
  sameManager,
  type UpdatedSections,
} from '@rnoce/schemas';
import type { RequestRecord } from './customs-requests.transitions.ts';

/** The items of an update that its decision left out, `company.<field>` or `managers.<key>`. */
const leftOut = ({ reasons }: Pick<RequestRecord, 'reasons'>): ReadonlySet<string> =>
  new Set(reasons.flatMap(({ about }) => (about && 'item' in about ? [about.item] : [])));

/** What an update asks for; nothing, of another operation. */
export const changesAsked = ({
  type,
  before,
  sections,
  operatorType,
}: Pick<RequestRecord, 'type' | 'before' | 'sections' | 'operatorType'>): RecordChange[] =>
  type === 'update' ? recordChanges(before, sections, { operatorType }) : [];

/** What an accepted update changes: what it asks for, without what its decision left out. */
export function changesMade(request: RequestRecord): RecordChange[] {
  if (request.status !== 'accepted') return [];
  const without = leftOut(request);
  return changesAsked(request).filter(({ item }) => !without.has(item));
}

/** The changes as they are shown to whom BADR's record isn't: the operator. */
export function presentChanges(request: RequestRecord): RequestChange[] {
  const without = leftOut(request);
  const verdictOn = (item: string): RequestChange['verdict'] => {
    if (request.status === 'rejected') return 'refused';
    if (request.status !== 'accepted') return null;
    return without.has(item) ? 'refused' : 'accepted';
  };
  return changesAsked(request).map((change) => ({
    ...change,
    overtaken: false,
    verdict: verdictOn(change.item),
  }));
}

const said = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  return value === true ? 'true' : '';
};

/** Three sets of fields: where `mine` says what `old` said, what `fresh` says; else what `mine` says. */
function rebaseFields<Values extends CompanyDraft | ManagerDraft>(
  old: Values,
  mine: Values,
  fresh: Values,
): Values {
  const at = (values: Values, name: string): unknown => (values as Record<string, unknown>)[name];
  const names = [...new Set([...Object.keys(old), ...Object.keys(mine), ...Object.keys(fresh)])];
  const merged = names.map((name): [string, unknown] => [
    name,
    said(at(old, name)) === said(at(mine, name)) ? at(fresh, name) : at(mine, name),
  ]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as Values;
}

/** The manager in the new form: undefined when the operator took them out, or BADR did and the operator had changed nothing. */
function rebaseManager(
  old: ManagerDraft | undefined,
  mine: ManagerDraft | undefined,
  fresh: ManagerDraft | undefined,
): ManagerDraft | undefined {
  if (!mine) return old ? undefined : fresh;
  if (!old) return mine;
  if (sameManager(old, mine)) return fresh;
  return fresh ? rebaseFields(old, mine, fresh) : mine;
}

/**
 * The form of an update over a record that BADR has changed meanwhile: what the operator left alone takes BADR's new value, and what they changed
 * stays. Managers are told apart by their keys, which are the same in all three.
 */
export function rebaseSections(
  old: UpdatedSections,
  mine: UpdatedSections,
  fresh: UpdatedSections,
): UpdatedSections {
  const of = (from: UpdatedSections, key: string) =>
    (from.managers ?? []).find((manager) => manager.key === key);
  const keys = new Set([...(mine.managers ?? []), ...(fresh.managers ?? [])].flatMap(({ key }) => key ?? []));
  return {
    company: rebaseFields(old.company ?? {}, mine.company ?? {}, fresh.company ?? {}),
    managers: [...keys].flatMap((key) => rebaseManager(of(old, key), of(mine, key), of(fresh, key)) ?? []),
  };
}
