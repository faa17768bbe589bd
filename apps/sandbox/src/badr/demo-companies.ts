import type { Company } from './company.ts';
import { iceOf, ribOf } from './fixtures.ts';

const towns = {
  casablanca: { name: 'Casablanca', city: '006141010', rcCentre: '81', phone: '+212522440' },
  marrakech: { name: 'Marrakech', city: '007351010', rcCentre: '45', phone: '+212524310' },
  tanger: { name: 'Tanger', city: '001511010', rcCentre: '61', phone: '+212539320' },
} as const;

interface Brief {
  /** Five digits: of the ICE, the RC and the tax identifier. */
  readonly number: string;
  readonly operatorType: Company['operatorType'];
  readonly names: readonly [legalName: string, acronym: string, tradeName: string];
  readonly email: string;
  readonly town: keyof typeof towns;
  readonly street: string;
  readonly activity: readonly [code: string, words: string];
  readonly manager: readonly [lastName: string, firstName: string, idNumber: string];
  readonly approvalNumber?: string;
  readonly rib?: string;
  /** Where BADR holds others than the portal was told. */
  readonly phone?: string;
  readonly accountNumber?: string;
}

function held({
  number,
  operatorType,
  names,
  email,
  town,
  street,
  activity,
  manager,
  ...more
}: Brief): Company {
  const { name, city, rcCentre, phone } = towns[town];
  const address = `${street}, ${name}`;
  const [legalName, acronym, tradeName] = names;
  const [lastName, firstName, idNumber] = manager;
  return {
    entityType: 'legal_person',
    operatorType,
    ice: iceOf(`0099${number}`),
    rcNumber: number,
    rcCentre,
    taxId: `50${number}1`,
    legalName,
    startDate: '2019-03-04',
    address,
    origin: 'lease',
    city,
    mainActivity: activity[0],
    actualActivity: activity[1],
    acronym,
    tradeName,
    phone: `${phone}${number.slice(-3)}`,
    email,
    accountNumber: `C100${number}`,
    ...more,
    managers: [
      {
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
    accountStatus: 'active',
    registeredAt: '2019-04-18T09:30:00.000Z',
  };
}

/** The portal's demonstration companies that have a customs account: its operations are applied here once both have started. */
export const demoCompanies: readonly Company[] = [
  held({
    number: '50001',
    operatorType: 'exporter',
    names: ['Primeurs du Haouz SARL', 'PDH', 'Primeurs du Haouz'],
    email: 'direction@primeurs-du-haouz.example',
    town: 'marrakech',
    street: '18, avenue Allal El Fassi',
    activity: ['4631', 'Exportation de primeurs et d’agrumes'],
    manager: ['Amrani', 'Leïla', 'EE204518'],
  }),
  held({
    number: '50008',
    operatorType: 'importer',
    names: ['Pièces Auto du Chaouia SA', 'PAC', 'Chaouia Pièces'],
    email: 'contact@pieces-du-chaouia.example',
    town: 'casablanca',
    street: '205, route de Mediouna',
    activity: ['4531', 'Importation de pièces détachées'],
    manager: ['Naciri', 'Adil', 'BH702145'],
    rib: ribOf('0077800000660291400456'),
    // Customs changed it since the portal read it: an update of it is overtaken.
    phone: '+212522449900',
  }),
  held({
    number: '50009',
    operatorType: 'importer',
    names: ['Bois du Rif SARL', 'BDR', 'Bois du Rif'],
    email: 'direction@bois-du-rif.example',
    town: 'tanger',
    street: '14, zone industrielle Gzenaya',
    activity: ['4673', 'Importation de bois de construction'],
    manager: ['Benyahia', 'Tarik', 'K402218'],
    rib: ribOf('0216400000774032500789'),
  }),
  held({
    number: '50010',
    operatorType: 'exporter',
    names: ['Céramiques de Safi SARL', 'CDS', 'Safi Céramiques'],
    email: 'gerance@ceramiques-de-safi.example',
    town: 'marrakech',
    street: '7, rue Ibn Khaldoun',
    activity: ['4649', 'Exportation de poteries et de céramiques'],
    manager: ['Ouardi', 'Meryem', 'H311905'],
  }),
  held({
    number: '50011',
    operatorType: 'freight_forwarder',
    names: ['Messagerie du Tensift SARL', 'MDT', 'Tensift Fret'],
    email: 'direction@messagerie-du-tensift.example',
    town: 'marrakech',
    street: '52, route de Safi',
    activity: ['5229', 'Organisation de transports de marchandises'],
    manager: ['Belhaj', 'Othmane', 'EE118264'],
  }),
  held({
    number: '50012',
    operatorType: 'customs_broker',
    names: ['Transit Oukaïmeden SARL', 'TOK', 'Transit Oukaïmeden'],
    email: 'gerance@transit-oukaimeden.example',
    town: 'casablanca',
    street: '16, rue de Commercy',
    activity: ['5229', 'Transit en douane'],
    manager: ['Kabbaj', 'Selma', 'BJ407733'],
    approvalNumber: 'AGR-0712',
  }),
  held({
    number: '50013',
    operatorType: 'exporter',
    names: ['Huilerie de la Ménara SARL', 'HDM', 'Ménara Huiles'],
    email: 'gerance@huilerie-de-la-menara.example',
    town: 'marrakech',
    street: '31, route de l’Ourika',
    activity: ['4633', 'Exportation d’huile d’olive'],
    manager: ['Sebti', 'Yassine', 'EE390617'],
    // Customs gave the account another number since: an update under the earlier one is refused, and goes once it is sent again.
    accountNumber: 'C10150013',
  }),
  held({
    number: '50014',
    operatorType: 'importer',
    names: ['Quincaillerie de la Kasbah SARL', 'QDK', 'Kasbah Outillage'],
    email: 'contact@quincaillerie-de-la-kasbah.example',
    town: 'tanger',
    street: '5, rue d’Italie',
    activity: ['4663', 'Importation d’outillage et de quincaillerie'],
    manager: ['Filali', 'Houda', 'K267840'],
    rib: ribOf('0116400000551208700312'),
  }),
];
