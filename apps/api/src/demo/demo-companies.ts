import type { CompanyDraft, ManagersDraft, OperatorType, Reason, SectionsDraft } from '@rnoce/schemas';
import { controlKey } from '@rnoce/schemas/identifiers';

/** How far a demonstration filing is carried. */
type DemoGoal = 'in_review' | 'incomplete' | 'validated';

/** What becomes of a filing. */
interface DemoFiling {
  readonly goal: DemoGoal;
  readonly reasons?: Reason[];
}

/** What PortNet asks beside what customs asks, and what becomes of it. */
export interface DemoPortnet extends DemoFiling {
  readonly company: CompanyDraft;
  readonly sections: Partial<SectionsDraft>;
}

export interface DemoCompany extends DemoFiling {
  /** Never sent: the form stops where its contract is to be signed. */
  readonly isDraft?: true;
  /** Known to customs, it is attached to its account there (`update_only`). */
  readonly attaches?: true;
  readonly portnet?: DemoPortnet;
  /** In the list of accounts that is printed, with its note; the others fill the agents' queue. */
  readonly role?: string;
  readonly note?: string;
  readonly email: string;
  readonly operatorType: OperatorType;
  /** Days before today on which the form was sent. */
  readonly daysAgo: number;
  readonly company: CompanyDraft;
  readonly managers: ManagersDraft;
}

/** An ICE with a right key; like the sandbox's own companies these start with `0099`, which no company has. */
export const iceOf = (company: string): string => `${company}0000${controlKey(`${company}0000`)}`;

interface Brief {
  readonly ice: string;
  readonly legalName: string;
  readonly acronym: string;
  readonly tradeName: string;
  readonly mailbox: string;
  readonly town: 'agadir' | 'casablanca' | 'marrakech' | 'tanger';
  readonly street: string;
  readonly activity: string;
  readonly actualActivity: string;
  readonly manager: readonly [lastName: string, firstName: string, idNumber: string];
}

const towns = {
  agadir: { name: 'Agadir', city: '090010101', rcCentre: '01', phone: '+212528840' },
  casablanca: { name: 'Casablanca', city: '006141010', rcCentre: '81', phone: '+212522440' },
  marrakech: { name: 'Marrakech', city: '007351010', rcCentre: '45', phone: '+212524310' },
  tanger: { name: 'Tanger', city: '001511010', rcCentre: '61', phone: '+212539320' },
} as const;

/** The form of an invented company, complete; what its brief doesn't say follows from the ICE. */
export function formOf(brief: Brief): { company: CompanyDraft; managers: ManagersDraft } {
  const { name, city, rcCentre, phone } = towns[brief.town];
  const number = brief.ice.slice(4, 9);
  const address = `${brief.street}, ${name}`;
  const [lastName, firstName, idNumber] = brief.manager;
  return {
    company: {
      entityType: 'legal_person',
      ice: brief.ice,
      rcNumber: String(Number(number) % 100_000),
      taxId: `50${number}1`,
      rcCentre,
      legalName: brief.legalName,
      startDate: '2019-03-04',
      acronym: brief.acronym,
      tradeName: brief.tradeName,
      mainActivity: brief.activity,
      actualActivity: brief.actualActivity,
      address,
      city,
      origin: 'lease',
      phone: `${phone}${number.slice(-3)}`,
      email: brief.mailbox,
    },
    managers: [
      {
        key: 'gerant-1',
        lastName,
        firstName,
        address,
        birthDate: '1981-06-21',
        idType: 'cin',
        idNumber,
        idAddress: name,
        idExpiresOn: '2033-08-23',
      },
    ],
  };
}

/** Invented companies, one a state that a person may want to see, and a few more that wait for the agents. */
export const customsCompanies: readonly DemoCompany[] = [
  {
    goal: 'validated',
    role: 'validated',
    note: 'its request is validated, an update of its data was refused; invoices of code 1206 can be paid',
    email: 'direction@primeurs-du-haouz.example',
    operatorType: 'exporter',
    daysAgo: 12,
    ...formOf({
      ice: iceOf('009950001'),
      legalName: 'Primeurs du Haouz SARL',
      acronym: 'PDH',
      tradeName: 'Primeurs du Haouz',
      mailbox: 'direction@primeurs-du-haouz.example',
      town: 'marrakech',
      street: '18, avenue Allal El Fassi',
      activity: '4631',
      actualActivity: 'Exportation de primeurs et d’agrumes',
      manager: ['Amrani', 'Leïla', 'EE204518'],
    }),
  },
  {
    goal: 'incomplete',
    role: 'incomplete',
    note: 'its request was sent back with two reasons',
    email: 'contact@textiles-de-la-corniche.example',
    operatorType: 'importer',
    daysAgo: 6,
    ...formOf({
      ice: iceOf('009950002'),
      legalName: 'Textiles de la Corniche SARL',
      acronym: 'TDC',
      tradeName: 'Corniche Textiles',
      mailbox: 'contact@textiles-de-la-corniche.example',
      town: 'casablanca',
      street: '112, boulevard Moulay Slimane',
      activity: '4641',
      actualActivity: 'Importation de tissus et de mercerie',
      manager: ['Cherkaoui', 'Hamza', 'BK517302'],
    }),
    reasons: [
      {
        about: { document: 'ice' },
        cause: 'illegible',
        text: 'Le numéro ne se lit pas. Numérisez le document à nouveau.',
      },
      {
        about: { field: 'company.actualActivity' },
        cause: 'incomplete',
        text: 'Précisez les produits importés.',
      },
    ],
  },
  {
    goal: 'in_review',
    role: 'in_review',
    note: 'its request is in review; invoices of code K7M2 can be paid',
    email: 'contact@negoce-du-souss.example',
    operatorType: 'importer',
    daysAgo: 2,
    ...formOf({
      ice: iceOf('009950003'),
      legalName: 'Négoce du Souss SARL',
      acronym: 'NDS',
      tradeName: 'Négoce du Souss',
      mailbox: 'contact@negoce-du-souss.example',
      town: 'agadir',
      street: '4, avenue Hassan II',
      activity: '4638',
      actualActivity: 'Importation de produits alimentaires secs',
      manager: ['Benali', 'Samira', 'JB180358'],
    }),
  },
  {
    goal: 'in_review',
    email: 'fret@quai-du-detroit.example',
    operatorType: 'freight_forwarder',
    daysAgo: 8,
    ...formOf({
      ice: iceOf('009950004'),
      legalName: 'Quai du Détroit Fret SA',
      acronym: 'QDF',
      tradeName: 'Quai du Détroit',
      mailbox: 'fret@quai-du-detroit.example',
      town: 'tanger',
      street: '27, rue du Port',
      activity: '5229',
      actualActivity: 'Organisation de transports internationaux',
      manager: ['Ziani', 'Rachid', 'K318207'],
    }),
  },
  {
    goal: 'in_review',
    email: 'gerance@confiserie-anfa.example',
    operatorType: 'exporter',
    daysAgo: 1,
    ...formOf({
      ice: iceOf('009950005'),
      legalName: 'Confiserie d’Anfa SARL',
      acronym: 'CDA',
      tradeName: 'Anfa Douceurs',
      mailbox: 'gerance@confiserie-anfa.example',
      town: 'casablanca',
      street: '9, rue Ibn Toufaïl',
      activity: '1082',
      actualActivity: 'Fabrication et exportation de confiseries',
      manager: ['Tazi', 'Mounia', 'BE660142'],
    }),
  },
];

/** Somebody who has signed up and filed nothing yet. BADR's sandbox knows the company, under another e-mail. */
export const demoNewcomer = {
  role: 'operator',
  email: 'nadia@transit-bouregreg.example',
  legalName: 'Transit Bouregreg SA',
  address: '8, avenue Al Abtal, Agdal, Rabat',
  phone: '+212537680021',
  note: `nothing filed yet; customs knows the broker ICE ${iceOf('009900002')}, RC 81795, IF 40223344, centre 85; code B4Z9 is a person's`,
} as const;
