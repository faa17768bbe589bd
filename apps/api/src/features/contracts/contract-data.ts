import { createHash } from 'node:crypto';
import { type OperatorType, type SectionsDraft, type SectionsView, sectionBelongs } from '@rnoce/schemas';

/** What a contract is made of: a subscription's code and form, as a draft keeps it or as it was sent. */
export interface ContractSubject {
  /** The subscription's. */
  readonly code: string;
  readonly operatorType: OperatorType;
  readonly sections: Partial<SectionsDraft> | SectionsView;
}

/** What a draft keeps of a value, as text in one form; empty when there is none. */
const said = (value: unknown): string => (typeof value === 'string' ? value.trim().normalize('NFC') : '');

type Keys<T> = readonly (keyof T & string)[];

const pick = <T extends object, const K extends Keys<T>>(values: T, keys: K): Record<K[number], string> =>
  Object.fromEntries(keys.map((key) => [key, said(values[key])])) as Record<K[number], string>;

/**
 * What the contract says, in codes of the reference lists: who subscribes, who signs, who gets accounts, who is written to, and the
 * account to debit. The rest of the form isn't the contract's matter: changing it leaves a signed contract right.
 */
export function contractData({ code, operatorType, sections }: ContractSubject) {
  const { company, managers, legalRepresentative, singleWindowUsers, contacts, bankAccount } = sections;
  const manager = (managers ?? []).find(({ key }) => key && key === legalRepresentative?.manager);
  const asksBank = sectionBelongs('bankAccount', { operatorType, authorities: ['portnet'] });
  return {
    subscription: code,
    operatorType,
    company: pick(company ?? {}, [
      'entityType',
      'legalName',
      'acronym',
      'tradeName',
      'ice',
      'rcNumber',
      'rcCentre',
      'taxId',
      'businessTax',
      'cnss',
      'approvalNumber',
      'address',
      'city',
      'phone',
      'email',
    ]),
    representative: manager ? pick(manager, ['lastName', 'firstName', 'idType', 'idNumber']) : null,
    users: (singleWindowUsers ?? []).map((user) => pick(user, ['lastName', 'firstName', 'cin', 'email'])),
    contacts: (contacts ?? []).map((one) => pick(one, ['lastName', 'firstName', 'department', 'email'])),
    bankAccount: asksBank ? pick(bankAccount ?? {}, ['bank', 'rib', 'branchAddress']) : null,
  };
}
export type ContractData = ReturnType<typeof contractData>;

/** SHA-256 of what a contract says, hexadecimal: of its JSON, whose keys stand in the order of `contractData`. */
export const hashOfData = (data: ContractData): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('hex');

/** The same, of a form: a contract holds as long as its form still gives its hash. */
export const contractDataHash = (subject: ContractSubject): string => hashOfData(contractData(subject));
