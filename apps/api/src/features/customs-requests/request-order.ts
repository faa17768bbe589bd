import { type ManagerDraft, managerFields, normaliseIdentifier, type RecordChange } from '@rnoce/schemas';
import { BadrRefusalError } from '../../integrations/badr/badr-gateway.ts';
import { BadrField, type BadrOperation } from '../../integrations/badr/badr-operation.ts';
import { BadrManager, BadrRecord } from '../../integrations/badr/badr-record.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';
import { changesMade } from './request-changes.ts';

type Update = Extract<BadrOperation, { type: 'update' }>;

/** What an acceptance was decided over: BADR's record as the agent saw it, and the account's number where none was ever read. */
export interface DecidedOver {
  readonly record: Record<string, unknown> | null;
  readonly accountNumber: string | null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const isSamePerson = (
  one: Pick<BadrManager, 'idType' | 'idNumber'>,
  other: ManagerDraft | null | undefined,
): boolean =>
  one.idType === other?.idType &&
  normaliseIdentifier(one.idNumber) === normaliseIdentifier(other.idNumber ?? '');

/** A manager of the form as BADR writes one; throws the refusal of one that isn't whole. */
function managerOf(draft: ManagerDraft): BadrManager {
  const told = Object.fromEntries(
    Object.keys(managerFields).map((name) => [name, draft[name as keyof typeof managerFields]]),
  );
  const checked = BadrManager.safeParse(told);
  if (!checked.success) throw new BadrRefusalError('invalid_record', 'A manager is not whole.');
  return checked.data;
}

/**
 * What BADR holds of the manager whom a change is about: as it is written there, for BADR compares it letter by letter. Without a record, what
 * the form was filled from.
 */
function heldManager(
  record: BadrRecord | null,
  before: ManagerDraft | null,
  asked: ManagerDraft | null,
): BadrManager | null {
  if (!record) return before && managerOf(before);
  const held = (person: ManagerDraft | null) =>
    record.managers.find((manager) => isSamePerson(manager, person));
  return (before && held(before)) ?? (asked && held(asked)) ?? null;
}

function updateOf(
  changes: readonly RecordChange[],
  record: BadrRecord | null,
): Omit<Update, 'accountNumber'> {
  const order: Omit<Update, 'accountNumber'> = { type: 'update', changes: [], managers: [] };
  for (const { item, before, asked } of changes) {
    // A field which BADR has no word for is the form's alone.
    const field = BadrField.safeParse(item.replace(/^company\./, '')).data;
    if (field) {
      const from = record ? textOf(record[field]) : textOf(before);
      order.changes.push({ field, from, to: textOf(asked) });
      continue;
    }
    const [was, will] = [before, asked].map((one) => (typeof one === 'object' ? one : null));
    const from = heldManager(record, was ?? null, will ?? null);
    const to = will ? managerOf(will) : null;
    const about = from ?? to;
    // Whom customs took out themselves, nobody need take out.
    if (!about) continue;
    order.managers.push({ idType: about.idType, idNumber: about.idNumber, from, to });
  }
  return order;
}

/**
 * The order that an accepted request sends to BADR: what its decision let stand, over what it was decided over. The same decision gives the
 * same order for ever: BADR knows a repetition by it. Throws `BadrRefusalError` when there is no account to send it for.
 */
export function orderOf(request: RequestRecord, over: DecidedOver): BadrOperation {
  const record = over.record && BadrRecord.parse(over.record);
  const accountNumber = record?.accountNumber ?? over.accountNumber;
  if (accountNumber === null)
    throw new BadrRefusalError('invalid_record', 'The number of the account is not known.');
  return request.type === 'update'
    ? { ...updateOf(changesMade(request), record), accountNumber }
    : { type: request.type, accountNumber };
}

/** The reference of a request's order; another turn is another order. */
export const orderReference = ({
  reference,
  effectTurn,
}: Pick<RequestRecord, 'reference' | 'effectTurn'>): string =>
  effectTurn === 0 ? reference : `${reference}-r${String(effectTurn)}`;
