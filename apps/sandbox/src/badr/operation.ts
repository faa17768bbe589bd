import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Company, CompanyManager, Registration } from './company.ts';

const text = z.string().nullable();
const changeable = [
  'entityType',
  'ice',
  'rcNumber',
  'rcCentre',
  'taxId',
  'legalName',
  'startDate',
  'address',
  'origin',
  'domiciledAt',
  'domiciliationExpiresOn',
  'city',
  'mainActivity',
  'actualActivity',
  'acronym',
  'tradeName',
  'phone',
  'fax',
  'email',
  'approvalNumber',
] as const satisfies readonly (keyof Company)[];

const FieldChange = z.object({ field: z.enum(changeable), from: text, to: text });
const ManagerChange = z.object({
  idType: CompanyManager.shape.idType,
  idNumber: z.string(),
  from: CompanyManager.nullable(),
  to: CompanyManager.nullable(),
});
type ManagerChange = z.infer<typeof ManagerChange>;

/** An operation on an account, as the portal sends it. */
export const Operation = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('update'),
    accountNumber: z.string(),
    changes: z.array(FieldChange),
    managers: z.array(ManagerChange),
  }),
  z.object({ type: z.literal('cancellation'), accountNumber: z.string() }),
  z.object({ type: z.literal('restoration'), accountNumber: z.string() }),
]);
export type Operation = z.infer<typeof Operation>;

const identity = ({ idType, idNumber }: Pick<CompanyManager, 'idType' | 'idNumber'>) =>
  `${idType}.${idNumber}`;

/** Whether a manager is as the change was decided over, or already as it asks. */
function fits(held: readonly CompanyManager[], { from, to, ...about }: ManagerChange): boolean {
  const current = held.find((manager) => identity(manager) === identity(from ?? about)) ?? null;
  if (isDeepStrictEqual(current, from)) return true;
  const wanted = to && (held.find((manager) => identity(manager) === identity(to)) ?? null);
  return to === null ? current === null : isDeepStrictEqual(wanted, to);
}

/** The managers after the changes, each in the place of the one before. */
function changeManagers(
  held: readonly CompanyManager[],
  changes: readonly ManagerChange[],
): CompanyManager[] {
  const kept = held.flatMap((manager) => {
    const change = changes.find(({ from }) => from && identity(from) === identity(manager));
    if (!change) return [manager];
    return change.to ? [change.to] : [];
  });
  const there = new Set(kept.map(identity));
  const added = changes.flatMap(({ to }) => (to && !there.has(identity(to)) ? [to] : []));
  return [...kept, ...added];
}

type Changed =
  | { status: 'changed'; company: Company }
  | { status: 'record_changed'; fields: string[] }
  | { status: 'refused'; reason: string };

/** The company after an update; nothing is changed when a value is neither what it was decided over nor what is asked. */
export function changeCompany(
  company: Company,
  { changes, managers }: Pick<Extract<Operation, { type: 'update' }>, 'changes' | 'managers'>,
): Changed {
  const fields = [
    ...changes
      .filter(({ field, from, to }) => ![from, to].includes(company[field] ?? null))
      .map(({ field }) => field),
    ...managers
      .filter((change) => !fits(company.managers, change))
      .map((change) => `managers.${identity(change)}`),
  ];
  if (fields.length > 0) return { status: 'record_changed', fields };
  const values = Object.fromEntries(changes.map(({ field, to }) => [field, to ?? undefined]));
  const checked = Registration.safeParse({
    ...company,
    ...values,
    managers: changeManagers(company.managers, managers),
  });
  if (!checked.success) return { status: 'refused', reason: z.prettifyError(checked.error) };
  const { accountNumber, accountStatus, registeredAt } = company;
  return { status: 'changed', company: { ...checked.data, accountNumber, accountStatus, registeredAt } };
}
