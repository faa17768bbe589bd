import { controlKey } from '@rnoce/schemas/identifiers';
import type { Company, CompanyManager } from './company.ts';

/** An ICE with a right key: 9 digits for the company, head office. The sandbox's own companies all start with `0099`, unused in life. */
export const iceOf = (companyDigits: string): string =>
  `${companyDigits}0000${controlKey(`${companyDigits}0000`)}`;

/** A RIB with a right key: bank 3, town 3, account 16 digits. */
export const ribOf = (bankTownAccount: string): string => `${bankTownAccount}${controlKey(bankTownAccount)}`;

const manager = (
  fields: Pick<CompanyManager, 'lastName' | 'firstName' | 'idNumber' | 'birthDate'>,
  town: string,
) => ({
  ...fields,
  address: `12, rue des Orangers, ${town}`,
  idType: 'cin' as const,
  idAddress: `12, rue des Orangers, ${town}`,
  idExpiresOn: '2032-04-30',
});

/**
 * Companies that are always there after a reset, for demonstrations and tests.
 * `transitBouregreg` is the customs broker of the demonstration: its e-mail is the one BADR holds.
 */
export const fixtures = {
  atlasNegoce: {
    entityType: 'legal_person',
    operatorType: 'importer',
    ice: iceOf('009900001'),
    rcNumber: '301455',
    rcCentre: '81',
    taxId: '40112233',
    legalName: 'Atlas Négoce SARL',
    startDate: '2009-03-16',
    address: '47, boulevard Zerktouni, Casablanca',
    origin: 'lease',
    city: '006141010',
    mainActivity: '4638',
    actualActivity: 'Importation et distribution de produits alimentaires',
    acronym: 'ATN',
    tradeName: 'Atlas Négoce',
    phone: '+212522470011',
    fax: '+212522470012',
    email: 'contact@atlas-negoce.example',
    managers: [
      manager(
        { lastName: 'Benkirane', firstName: 'Youssef', idNumber: 'BE412380', birthDate: '1974-06-02' },
        'Casablanca',
      ),
    ],
    rib: ribOf('0117800000112345678901'),
    accountNumber: 'C10000001',
    accountStatus: 'active',
    registeredAt: '2009-04-02T09:15:00.000Z',
  },
  transitBouregreg: {
    entityType: 'legal_person',
    operatorType: 'customs_broker',
    ice: iceOf('009900002'),
    rcNumber: '81795',
    rcCentre: '85',
    taxId: '40223344',
    legalName: 'Transit Bouregreg SA',
    startDate: '1998-10-01',
    address: '8, avenue Al Abtal, Agdal, Rabat',
    origin: 'acquisition',
    city: '004421010',
    mainActivity: '5229',
    actualActivity: 'Transit en douane',
    acronym: 'TBR',
    tradeName: 'Transit Bouregreg',
    phone: '+212537680021',
    email: 'contact@transit-bouregreg.example',
    approvalNumber: 'AGR-0421',
    managers: [
      manager(
        { lastName: 'Alaoui', firstName: 'Nadia', idNumber: 'A348127', birthDate: '1969-01-23' },
        'Rabat',
      ),
      manager(
        { lastName: 'Berrada', firstName: 'Karim', idNumber: 'AE180358', birthDate: '1981-11-09' },
        'Rabat',
      ),
    ],
    accountNumber: 'C10000002',
    accountStatus: 'active',
    registeredAt: '1998-11-12T10:00:00.000Z',
  },
  detroitFret: {
    entityType: 'legal_person',
    operatorType: 'freight_forwarder',
    ice: iceOf('009900003'),
    rcNumber: '64210',
    rcCentre: '61',
    taxId: '40334455',
    legalName: 'Détroit Fret International SARL',
    startDate: '2014-05-19',
    address: '3, rue de Fès, Tanger',
    origin: 'domiciliation',
    domiciledAt: 'Centre d’affaires Ibn Batouta, Tanger',
    domiciliationExpiresOn: '2031-12-31',
    city: '001511010',
    mainActivity: '5229',
    actualActivity: 'Organisation de transport international de marchandises',
    acronym: 'DFI',
    tradeName: 'Détroit Fret',
    phone: '+212539320031',
    email: 'direction@detroit-fret.example',
    managers: [
      manager(
        { lastName: 'Temsamani', firstName: 'Omar', idNumber: 'K291004', birthDate: '1979-08-14' },
        'Tanger',
      ),
    ],
    accountNumber: 'C10000003',
    accountStatus: 'active',
    registeredAt: '2014-06-20T08:30:00.000Z',
  },
  fatimaOuazzani: {
    entityType: 'natural_person',
    operatorType: 'exporter',
    ice: iceOf('009900004'),
    rcNumber: '30009',
    rcCentre: '27',
    taxId: '33555',
    legalName: 'Fatima-Zahra Ouazzani',
    startDate: '2017-02-06',
    address: '21, Talaa Kebira, Fès',
    origin: 'lease',
    city: '003231010',
    mainActivity: '4649',
    actualActivity: 'Exportation d’articles d’artisanat en cuir et en laiton',
    acronym: 'FZO',
    tradeName: 'Dar Ouazzani',
    phone: '+212661000041',
    email: 'fz.ouazzani@dar-ouazzani.example',
    managers: [
      manager(
        { lastName: 'Ouazzani', firstName: 'Fatima-Zahra', idNumber: 'C776120', birthDate: '1986-03-30' },
        'Fès',
      ),
    ],
    accountNumber: 'C10000004',
    accountStatus: 'active',
    registeredAt: '2017-03-01T11:45:00.000Z',
  },
  importChaouia: {
    entityType: 'legal_person',
    operatorType: 'importer',
    ice: iceOf('009900005'),
    rcNumber: '15873',
    rcCentre: '59',
    taxId: '40556677',
    legalName: 'Import Chaouia SARL',
    startDate: '2002-09-09',
    address: '5, avenue Hassan II, Settat',
    origin: 'lease',
    city: '064610115',
    mainActivity: '4661',
    actualActivity: 'Importation de matériel agricole',
    acronym: 'ICH',
    tradeName: 'Import Chaouia',
    phone: '+212523400051',
    email: 'contact@import-chaouia.example',
    managers: [
      manager(
        { lastName: 'Chraibi', firstName: 'Hassan', idNumber: 'W120455', birthDate: '1961-12-05' },
        'Settat',
      ),
    ],
    rib: ribOf('0077800000556677889900'),
    accountNumber: 'C10000005',
    accountStatus: 'cancelled',
    registeredAt: '2002-10-14T14:20:00.000Z',
  },
} as const satisfies Record<string, Company>;

/** Why each fixture is there, as the pages show it. */
export const fixtureNotes: Record<keyof typeof fixtures, string> = {
  atlasNegoce: 'importateur, personne morale, bail, avec RIB',
  transitBouregreg: 'transitaire avec agrément et deux gérants ; celui de la démonstration',
  detroitFret: 'freight forwarder, domicilié',
  fatimaOuazzani: 'exportatrice, personne physique',
  importChaouia: 'importateur dont le compte douane est annulé',
};

/** Identifiers that BADR doesn't know after a reset, with right keys. Tests that need their own use the prefix `0098`. */
export const unknownCompany = {
  operatorType: 'importer',
  ice: iceOf('009800001'),
  rcNumber: '5537556',
  rcCentre: '593',
  taxId: '20782890',
} as const;
