import {
  type Authority,
  type CompanyDraft,
  type ContactsDraft,
  type ManagersDraft,
  type OperatorType,
  type SectionsDraft,
  type SingleWindowUsersDraft,
  sectionBelongs,
} from '@rnoce/schemas';
import { controlKey } from '@rnoce/schemas/identifiers';

export const manager: ManagersDraft[number] = {
  lastName: 'Alaoui',
  firstName: 'Salma',
  address: '3, rue Ibn Sina, Rabat',
  birthDate: '1980-05-17',
  idType: 'cin',
  idNumber: 'AE180358',
  idAddress: 'Rabat',
  idExpiresOn: '2031-01-01',
};

export const singleWindowUser: SingleWindowUsersDraft[number] = {
  lastName: 'Zeroual',
  firstName: 'Ilyas',
  email: 'ilyas.zeroual@atlas.example',
  cin: 'AE180359',
  idAddress: 'Rabat',
  idExpiresOn: '2031-01-01',
};

export const contact: ContactsDraft[number] = {
  lastName: 'Berrada',
  firstName: 'Hind',
  email: 'hind.berrada@atlas.example',
  department: 'administrative',
};

const ribOf = (account: string): string => `${account}${controlKey(account)}`;
/** At the bank 007, with a right key. */
export const rib = ribOf('0077800002000112345678');

/** What PortNet asks beside what customs asks, complete: the fields of the company, and its own sections. */
export const portnetCompany: CompanyDraft = { businessTax: '34567812', cnss: '1378001' };

/** The sections of a complete form that only PortNet asks of this operator type. The legal representative is the manager of this key. */
export function portnetSections(
  operatorType: OperatorType,
  authorities: readonly Authority[],
  managerKey: string,
): Partial<SectionsDraft> {
  const sections: Partial<SectionsDraft> = {
    legalRepresentative: { manager: managerKey },
    singleWindowUsers: [{ key: 'user-1', ...singleWindowUser }],
    contacts: [{ key: 'contact-1', ...contact }],
    bankAccount: { bank: '007', rib, branchAddress: '1, avenue Mohammed V, Rabat' },
  };
  const asked = Object.entries(sections).filter(([section]) =>
    sectionBelongs(section as keyof SectionsDraft, { operatorType, authorities }),
  );
  return Object.fromEntries(asked);
}
