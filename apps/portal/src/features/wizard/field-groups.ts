/** How the fields of a section stand together on the screen: by meaning, in the order of the rule table within a group. */
import type { CompanyField } from '@rnoce/schemas/company';
import type { ManagerField } from '@rnoce/schemas/managers';

/** « Informations sur la société ». Every field stands in one group; a test says so when the rule table grows. */
export const companyGroups = {
  identity: ['entityType', 'operatorType', 'legalName', 'acronym', 'tradeName', 'approvalNumber'],
  registration: ['ice', 'taxId', 'rcNumber', 'rcCentre', 'cnss', 'businessTax'],
  activity: ['mainActivity', 'actualActivity', 'startDate'],
  address: ['address', 'city', 'repeatedAddress', 'origin', 'domiciledAt', 'domiciliationExpiresOn'],
  contact: ['phone', 'fax', 'email'],
} as const satisfies Record<string, readonly CompanyField[]>;
export type CompanyGroup = keyof typeof companyGroups;

/** « Les gérants », for one manager. */
export const managerGroups = {
  person: ['lastName', 'firstName', 'address', 'birthDate'],
  paper: ['idType', 'idNumber', 'idAddress', 'idExpiresOn'],
} as const satisfies Record<string, readonly ManagerField[]>;
export type ManagerGroup = keyof typeof managerGroups;
