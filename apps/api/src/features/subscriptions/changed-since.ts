import type { ManagersDraft, OpenReason, Reason, SectionsDraft } from '@rnoce/schemas';

/** A form as it stands, or as it was sent and judged: its sections, and the ids of the versions of its documents. */
export interface FormContent {
  readonly sections: Partial<SectionsDraft>;
  readonly documentVersions: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
const isSame = (one: unknown, other: unknown): boolean =>
  isEmpty(one) ? isEmpty(other) : JSON.stringify(one) === JSON.stringify(other);

function isSameSection(one: Values = {}, other: Values = {}): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) =>
    isSame(one[name], other[name]),
  );
}

/**
 * A manager is found again at the same place or, after the list changed, by the identity number: the value was kept as long as the manager
 * who was judged still has it.
 */
function isKeptByManager(
  judged: ManagersDraft,
  standing: ManagersDraft,
  index: number,
  name: string,
): boolean {
  const before: Values = judged[index] ?? {};
  return standing.some((manager: Values, at) => {
    const isThem = at === index || (!isEmpty(before.idNumber) && isSame(manager.idNumber, before.idNumber));
    return isThem && isSame(manager[name], before[name]);
  });
}

function isFieldChanged(field: string, judged: FormContent, standing: FormContent): boolean {
  const [section, name = '', inner = ''] = field.split('.');
  if (section === 'company') {
    const before: Values = judged.sections.company ?? {};
    const now: Values = standing.sections.company ?? {};
    return !isSame(before[name], now[name]);
  }
  const { managers: before = [] } = judged.sections;
  return !isKeptByManager(before, standing.sections.managers ?? [], Number(name), inner);
}

function isAnythingChanged(judged: FormContent, standing: FormContent): boolean {
  const before = judged.sections.managers ?? [];
  const now = standing.sections.managers ?? [];
  return !(
    isSameSection(judged.sections.company, standing.sections.company) &&
    before.length === now.length &&
    before.every((manager, index) => isSameSection(manager, now[index])) &&
    isSame(judged.documentVersions.toSorted(), standing.documentVersions.toSorted())
  );
}

/**
 * Tells of each reason whether what it is about has changed since the form was judged. `currentOf` gives the id of the version of a
 * document that stands, undefined when there is none.
 */
export function tellChanges(
  reasons: readonly Reason[],
  judged: FormContent,
  standing: FormContent,
  currentOf: (document: string) => string | undefined,
): OpenReason[] {
  const isChanged = ({ about }: Reason): boolean => {
    if (!about) return isAnythingChanged(judged, standing);
    if ('field' in about) return isFieldChanged(about.field, judged, standing);
    const current = currentOf(about.document);
    return current === undefined || !judged.documentVersions.includes(current);
  };
  return reasons.map((reason) => ({ ...reason, changed: isChanged(reason) }));
}
