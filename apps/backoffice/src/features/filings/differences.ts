import type { CompanyDraft } from '@rnoce/schemas/company';
import type { ManagersDraft } from '@rnoce/schemas/managers';
import { personalCompanyFields, type RegistryRecord } from '@rnoce/schemas/registry';
import type { Section } from '@rnoce/schemas/sections';
import type { Comparison } from '../../dossiers/comparison-mark.tsx';

const phones = new Set(['phone', 'fax']);
const identifiers = new Set(['ice', 'rcNumber', 'taxId', 'cnss', 'businessTax', 'idNumber']);

/** A value without what doesn't make it another one: case, accents, punctuation and spaces; a phone by its national number. */
function essence(name: string, value: unknown): string {
  if (typeof value !== 'string' && value !== true) return '';
  const text = String(value);
  if (phones.has(name)) return text.replaceAll(/\D/g, '').slice(-9);
  if (identifiers.has(name)) return text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@]+/gu, ' ')
    .trim();
}

/** Compares a declared value with what BADR holds. */
export function compare(name: string, declared: unknown, held: unknown): Comparison {
  const [one, other] = [essence(name, declared), essence(name, held)];
  if (one === '' && other === '') return 'none';
  if (other === '') return 'absent';
  return one === other ? 'same' : 'different';
}

/**
 * Whether a name, as a certificate writes it, is that of a person of the form: the same words in whatever order, or those of the form among
 * others. `none`: one of them has no name.
 */
export function compareNames(declared: string, certified: string | null): Comparison {
  const words = (name: string) => essence('legalName', name).split(' ').filter(Boolean);
  const [wanted, found] = [words(declared), new Set(words(certified ?? ''))];
  if (wanted.length === 0 || found.size === 0) return 'none';
  return wanted.every((word) => found.has(word)) ? 'same' : 'different';
}

/** What the company declares to PortNet alone: BADR has no word on it, which is no difference. */
const unknownToRegistry = ['cnss', 'businessTax'];

/** The fields of the company that BADR's record may be compared on: without people's data, it is the company's public facts. */
export const comparedFields = (names: readonly string[], { managers }: RegistryRecord): string[] => {
  const withheld: readonly string[] = managers === null ? personalCompanyFields : [];
  return names.filter((name) => !withheld.includes(name) && !unknownToRegistry.includes(name));
};

/** The registry's words on what a section declares, field by field. */
export interface Held {
  readonly values: Readonly<Record<string, unknown>>;
  /** The fields that are compared. */
  readonly compared: ReadonlySet<string>;
}

/**
 * What BADR's record holds beside a section of the form, or beside one item of its list: undefined for what BADR doesn't know or doesn't tell
 * the reader.
 */
export function heldBeside(
  record: RegistryRecord | null,
  section: Section,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Held | undefined {
  if (!record) return undefined;
  if (section === 'company')
    return { values: record.company, compared: new Set(comparedFields(names, record)) };
  const manager = section === 'managers' ? sameManager(values, record.managers ?? []) : undefined;
  return manager && { values: manager, compared: new Set(names) };
}

/** How many fields of the form BADR holds otherwise. */
export const countDifferences = (
  names: readonly string[],
  declared: CompanyDraft,
  held: CompanyDraft,
): number => {
  const [here, there]: Readonly<Record<string, unknown>>[] = [declared, held];
  return names.filter((name) => compare(name, here?.[name], there?.[name]) === 'different').length;
};

type Manager = ManagersDraft[number];

/** The manager that BADR knows by the same identifier. */
export const sameManager = (
  { idNumber }: { readonly idNumber?: unknown },
  held: readonly Manager[],
): Manager | undefined => held.find((other) => compare('idNumber', idNumber, other.idNumber) === 'same');

/** The managers that BADR knows and the form doesn't name. */
export const undeclaredManagers = (declared: readonly Manager[], held: readonly Manager[]): Manager[] =>
  held.filter((manager) => sameManager(manager, declared) === undefined);
