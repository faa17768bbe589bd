/** How the fields of a section stand together on the screen: by meaning, in the order of the rule table within a group. */
import type { BankAccountField } from '@rnoce/schemas/bank-account';
import type { CompanyField } from '@rnoce/schemas/company';
import type { ContactField } from '@rnoce/schemas/contacts';
import type { LegalRepresentativeField } from '@rnoce/schemas/legal-representative';
import type { ManagerField } from '@rnoce/schemas/managers';
import type { Section } from '@rnoce/schemas/sections';
import type { SingleWindowUserField } from '@rnoce/schemas/single-window-users';

/** Names of the groups: `wizard:group.<name>`. */
export type Group =
  | 'account'
  | 'activity'
  | 'address'
  | 'contact'
  | 'identity'
  | 'mandate'
  | 'paper'
  | 'person'
  | 'registration';

interface FieldOf {
  readonly company: CompanyField;
  readonly managers: ManagerField;
  readonly legalRepresentative: LegalRepresentativeField;
  readonly singleWindowUsers: SingleWindowUserField;
  readonly contacts: ContactField;
  readonly bankAccount: BankAccountField;
}

/** Every field of the rule tables stands in one group; a test says so when a table grows. */
const groups: { readonly [S in Section]: Partial<Record<Group, readonly FieldOf[S][]>> } = {
  company: {
    identity: ['entityType', 'operatorType', 'legalName', 'acronym', 'tradeName', 'approvalNumber'],
    registration: ['ice', 'taxId', 'rcNumber', 'rcCentre', 'cnss', 'businessTax'],
    activity: ['mainActivity', 'actualActivity', 'startDate'],
    address: ['address', 'city', 'repeatedAddress', 'origin', 'domiciledAt', 'domiciliationExpiresOn'],
    contact: ['phone', 'fax', 'email'],
  },
  managers: {
    person: ['lastName', 'firstName', 'address', 'birthDate'],
    paper: ['idType', 'idNumber', 'idAddress', 'idExpiresOn'],
  },
  legalRepresentative: { mandate: ['manager'] },
  singleWindowUsers: {
    person: ['lastName', 'firstName', 'email'],
    paper: ['cin', 'idAddress', 'idExpiresOn'],
  },
  contacts: { person: ['lastName', 'firstName', 'email', 'department'] },
  bankAccount: { account: ['bank', 'rib', 'branchAddress'] },
};

/** The groups of a section, in order. */
export const groupsOf = (section: Section): readonly (readonly [Group, readonly string[]])[] =>
  Object.entries(groups[section]) as unknown as readonly (readonly [Group, readonly string[]])[];

/** Fields as wide as the form: their content is long. */
const wide: Partial<Record<Section, readonly string[]>> = {
  company: ['address', 'mainActivity', 'actualActivity', 'legalName'],
  bankAccount: ['bank', 'branchAddress'],
};

export const isWide = (section: Section, field: string): boolean => wide[section]?.includes(field) ?? false;
