import type { OperatorType, SectionsDraft } from '@rnoce/schemas';
import { controlKey } from '@rnoce/schemas/identifiers';
import { customsCompanies, type DemoCompany, type DemoPortnet, formOf, iceOf } from './demo-companies.ts';
import { operatingCompanies } from './demo-operations.ts';

/** A RIB with a right key: bank, town and account are its first 22 digits. */
const ribOf = (account: string): string => `${account}${controlKey(account)}`;

interface PortnetBrief extends Pick<DemoPortnet, 'goal' | 'reasons'> {
  readonly domain: string;
  readonly businessTax: string;
  readonly cnss: string;
  readonly town: string;
  readonly users: readonly (readonly [lastName: string, firstName: string, cin: string])[];
  /** Of an importer. */
  readonly bank?: readonly [code: string, account: string, branch: string];
}

const mailboxOf = (lastName: string, firstName: string, domain: string): string =>
  `${firstName.slice(0, 1)}.${lastName}@${domain}`.toLowerCase().replaceAll(' ', '');

/** PortNet's part of an invented company's form, complete: the first user is its contact too. */
function portnetOf({ domain, businessTax, cnss, town, users, bank, ...rest }: PortnetBrief): DemoPortnet {
  const singleWindowUsers = users.map(([lastName, firstName, cin], index) => ({
    key: `utilisateur-${String(index + 1)}`,
    lastName,
    firstName,
    email: mailboxOf(lastName, firstName, domain),
    cin,
    idAddress: town,
    idExpiresOn: '2033-05-14',
  }));
  const contacts = singleWindowUsers.slice(0, 1).map(({ lastName, firstName, email }) => ({
    key: 'contact-1',
    lastName,
    firstName,
    email,
    department: 'logistics',
  }));
  const sections: Partial<SectionsDraft> = {
    legalRepresentative: { manager: 'gerant-1' },
    singleWindowUsers,
    contacts,
  };
  if (bank) sections.bankAccount = { bank: bank[0], rib: ribOf(bank[1]), branchAddress: bank[2] };
  return { ...rest, company: { businessTax, cnss }, sections };
}

const importer = 'importer' satisfies OperatorType;

/** Invented companies with both authorities, one a state that a person may want to see. */
const jointCompanies: readonly DemoCompany[] = [
  {
    goal: 'in_review',
    isDraft: true,
    role: 'contract',
    note: 'a joint request that is not sent yet: its contract is to be signed',
    email: 'achats@cuirs-bab-guissa.example',
    operatorType: importer,
    daysAgo: 1,
    ...formOf({
      ice: iceOf('009950006'),
      legalName: 'Cuirs de Bab Guissa SARL',
      acronym: 'CBG',
      tradeName: 'Bab Guissa',
      mailbox: 'achats@cuirs-bab-guissa.example',
      town: 'casablanca',
      street: '31, rue El Kindi',
      activity: '4625',
      actualActivity: 'Importation de cuirs et de peaux',
      manager: ['Sebti', 'Yasmine', 'CD204411'],
    }),
    portnet: portnetOf({
      goal: 'in_review',
      domain: 'cuirs-bab-guissa.example',
      businessTax: '35201144',
      cnss: '4411208',
      town: 'Casablanca',
      users: [
        ['Sebti', 'Yasmine', 'CD204411'],
        ['Filali', 'Omar', 'CD318820'],
      ],
      bank: ['011', '0117800000441120800112', '31, rue El Kindi, Casablanca'],
    }),
  },
  {
    goal: 'in_review',
    role: 'joint',
    note: 'a joint request in review at customs and at PortNet',
    email: 'export@argan-du-sud.example',
    operatorType: 'exporter',
    daysAgo: 3,
    ...formOf({
      ice: iceOf('009950007'),
      legalName: 'Argan du Sud SARL',
      acronym: 'ADS',
      tradeName: 'Argan du Sud',
      mailbox: 'export@argan-du-sud.example',
      town: 'agadir',
      street: '66, boulevard Mohammed V',
      activity: '1042',
      actualActivity: 'Production et exportation d’huile d’argan',
      manager: ['Aït Lahcen', 'Fadma', 'JB331702'],
    }),
    portnet: portnetOf({
      goal: 'in_review',
      domain: 'argan-du-sud.example',
      businessTax: '49870023',
      cnss: '5520117',
      town: 'Agadir',
      users: [['Oubella', 'Brahim', 'JB440918']],
    }),
  },
  {
    goal: 'validated',
    role: 'apart',
    note: 'a joint request: customs validated it, PortNet sent it back with two reasons; an update accepted, which customs overtook',
    email: 'contact@pieces-du-chaouia.example',
    operatorType: importer,
    daysAgo: 7,
    ...formOf({
      ice: iceOf('009950008'),
      legalName: 'Pièces Auto du Chaouia SA',
      acronym: 'PAC',
      tradeName: 'Chaouia Pièces',
      mailbox: 'contact@pieces-du-chaouia.example',
      town: 'casablanca',
      street: '205, route de Mediouna',
      activity: '4531',
      actualActivity: 'Importation de pièces détachées',
      manager: ['Naciri', 'Adil', 'BH702145'],
    }),
    portnet: portnetOf({
      goal: 'incomplete',
      reasons: [
        {
          about: { field: 'singleWindowUsers.1.cin' },
          cause: 'mismatch',
          text: 'Le numéro ne correspond pas au nom. Vérifiez la CIN de cet utilisateur.',
        },
        {
          about: { document: 'contract' },
          cause: 'illegible',
          text: 'Le cachet ne se lit pas. Numérisez le contrat signé à nouveau.',
        },
      ],
      domain: 'pieces-du-chaouia.example',
      businessTax: '32214590',
      cnss: '6602914',
      town: 'Casablanca',
      users: [
        ['Naciri', 'Adil', 'BH702145'],
        ['Lamrini', 'Sara', 'BK118207'],
      ],
      bank: ['007', '0077800000660291400456', '205, route de Mediouna, Casablanca'],
    }),
  },
  {
    goal: 'validated',
    role: 'subscriber',
    note: 'a joint request that both validated: its subscription code, and its accounts at the single window; an update accepted in part, another in review',
    email: 'direction@bois-du-rif.example',
    operatorType: importer,
    daysAgo: 10,
    ...formOf({
      ice: iceOf('009950009'),
      legalName: 'Bois du Rif SARL',
      acronym: 'BDR',
      tradeName: 'Bois du Rif',
      mailbox: 'direction@bois-du-rif.example',
      town: 'tanger',
      street: '14, zone industrielle Gzenaya',
      activity: '4673',
      actualActivity: 'Importation de bois de construction',
      manager: ['Benyahia', 'Tarik', 'K402218'],
    }),
    portnet: portnetOf({
      goal: 'validated',
      domain: 'bois-du-rif.example',
      businessTax: '50117780',
      cnss: '7740325',
      town: 'Tanger',
      users: [
        ['Benyahia', 'Tarik', 'K402218'],
        ['Chairi', 'Loubna', 'KB55120'],
        ['Haddad', 'Anass', 'K519904'],
      ],
      bank: ['021', '0216400000774032500789', '3, boulevard Pasteur, Tanger'],
    }),
  },
];

/** Every demonstration company. */
export const demoCompanies: readonly DemoCompany[] = [
  ...customsCompanies,
  ...jointCompanies,
  ...operatingCompanies,
];
