import { createHash } from 'node:crypto';
import { formatDay, formatRib } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import type { ReferenceList } from '@rnoce/schemas';
import { toString as drawQrCode } from 'qrcode';
import type { TemplateData, Typesetter } from '../../integrations/typesetting/typesetter.ts';
import { type ContractData, hashOfData } from './contract-data.ts';

const template = new URL('./contract.typ', import.meta.url);

/** What identifies an issued contract, beside what it says. */
export interface ContractMarks {
  readonly number: string;
  readonly version: number;
  /** Opens the public check page. */
  readonly code: string;
  readonly issuedAt: Date;
}

/** Settings that stand on a contract. */
export interface ContractSettings {
  readonly PUBLIC_URL: string;
  readonly ASSISTANCE_PHONE: string;
}

/** The name of a code of a reference list, as the contract shows it. */
export type NameCode = (list: ReferenceList, code: string) => string;

/** What the QR code of a contract opens, in the private space's application, without a sign-in. */
export const contractUrl = (publicUrl: string, code: string): string =>
  `${publicUrl}/espace-prive/contrat/${code}`;

type WordKey = Parameters<typeof translate>[1];
/** The contract is in French, whatever the account's language: it is between the operator and PORTNET S.A. */
const word = (key: WordKey): string => translate('fr', key);

interface Fact {
  readonly label: string;
  readonly value: string;
  /** Read from left to right. */
  readonly code: boolean;
}

const fact = (label: WordKey, value: string, code = false): Fact[] =>
  value === '' ? [] : [{ label: word(label), value, code }];

const fullName = ({ lastName, firstName }: { lastName: string; firstName: string }): string =>
  `${lastName} ${firstName}`;

function companyFacts({ company, operatorType }: ContractData, name: NameCode): Fact[] {
  return [
    ...fact('reference:company.legalName', company.legalName),
    ...fact('reference:company.acronym', company.acronym),
    ...fact('reference:company.tradeName', company.tradeName),
    ...(company.entityType === 'legal_person' || company.entityType === 'natural_person'
      ? fact('reference:company.entityType', word(`reference:entity-type.${company.entityType}`))
      : []),
    ...fact('reference:company.operatorType', word(`reference:operator-type.${operatorType}`)),
    ...fact('reference:company.ice', company.ice, true),
    ...fact('reference:company.rcNumber', company.rcNumber, true),
    ...fact('reference:company.rcCentre', name('rc-centres', company.rcCentre)),
    ...fact('reference:company.taxId', company.taxId, true),
    ...fact('reference:company.businessTax', company.businessTax, true),
    ...fact('reference:company.cnss', company.cnss, true),
    ...fact('reference:company.approvalNumber', company.approvalNumber, true),
    ...fact('reference:company.address', company.address),
    ...fact('reference:company.city', name('cities', company.city)),
    ...fact('reference:company.phone', company.phone, true),
    ...fact('reference:company.email', company.email, true),
  ];
}

function representativeFacts({ representative }: ContractData): Fact[] {
  if (!representative) return [];
  const { idType, idNumber, lastName, firstName } = representative;
  return [
    ...fact('reference:manager.lastName', lastName),
    ...fact('reference:manager.firstName', firstName),
    ...(idType === 'cin' || idType === 'residence_permit' || idType === 'passport'
      ? fact('reference:manager.idType', word(`reference:id-type.${idType}`))
      : []),
    ...fact('reference:manager.idNumber', idNumber, true),
  ];
}

function bankFacts({ bankAccount }: ContractData, name: NameCode): Fact[] {
  if (!bankAccount) return [];
  return [
    ...fact('reference:bankAccount.bank', name('banks', bankAccount.bank)),
    ...fact('reference:bankAccount.rib', formatRib(bankAccount.rib), true),
    ...fact('reference:bankAccount.branchAddress', bankAccount.branchAddress),
  ];
}

const departmentName = (department: string): string =>
  department === 'administrative' || department === 'logistics' || department === 'commercial'
    ? word(`reference:department.${department}`)
    : department;

/** What stands on a contract, in French. */
async function shownData(
  data: ContractData,
  { number, version, code, issuedAt }: ContractMarks,
  name: NameCode,
  { PUBLIC_URL, ASSISTANCE_PHONE }: ContractSettings,
): Promise<TemplateData> {
  const url = contractUrl(PUBLIC_URL, code);
  return {
    product: word('emails:layout.product'),
    number,
    version,
    code,
    url,
    qr: await drawQrCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }),
    issuedOn: formatDay(issuedAt),
    hash: hashOfData(data),
    subscription: data.subscription,
    phone: ASSISTANCE_PHONE.replaceAll(' ', '\u00a0'),
    signer: data.representative ? fullName(data.representative) : '',
    legalName: data.company.legalName,
    company: companyFacts(data, name).map((one) => ({ ...one })),
    representative: representativeFacts(data).map((one) => ({ ...one })),
    bank: bankFacts(data, name).map((one) => ({ ...one })),
    users: data.users.map(({ cin, email, lastName, firstName }) => ({ lastName, firstName, cin, email })),
    contacts: data.contacts.map(({ department, email, lastName, firstName }) => ({
      lastName,
      firstName,
      department: departmentName(department),
      email,
    })),
  };
}

export interface ContractFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * Sets a contract as a PDF. The bytes depend on what it says and on its marks alone, also in another process and on another day. They end with
 * a newline: what a signature adds begins on a line of its own (docs/decisions/014).
 */
export async function makeContract(
  { typesetter, environment }: { typesetter: Typesetter; environment: ContractSettings },
  data: ContractData,
  marks: ContractMarks,
  name: NameCode,
): Promise<ContractFile> {
  const pdf = await typesetter.typeset(
    template,
    await shownData(data, marks, name, environment),
    marks.issuedAt,
  );
  const bytes = pdf.at(-1) === 0x0a ? pdf : Buffer.concat([pdf, Buffer.from('\n')]);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
