import type { CompanyDraft, CustomsRequestType, RequestDetails, RequestReason } from '@rnoce/schemas';
import { type DemoCompany, formOf, iceOf } from './demo-companies.ts';

/** An operation that a demonstration account asked for, and what customs decided. The Modèle J is always of three weeks before. */
export interface DemoOperation {
  readonly type: CustomsRequestType;
  /** Days before today on which it was sent. */
  readonly daysAgo: number;
  /** What an update changes. */
  readonly company?: CompanyDraft;
  readonly details?: RequestDetails;
  /** Decided on the same day; absent, it waits. */
  readonly outcome?: 'accepted' | 'rejected';
  readonly reasons?: readonly RequestReason[];
  /** Never sent. */
  readonly isDraft?: true;
}

const strikingOff = {
  ground: 'striking_off',
  comment: 'Radiation du registre de commerce demandée.',
} as const;

/**
 * The operations of each demonstration account that customs know, by its e-mail: one in each state. The sandbox's BADR knows these companies; what was
 * accepted is applied there once both run, but for two updates: of « Pièces Auto du Chaouia », whose record customs changed meanwhile, and of
 * « Huilerie de la Ménara », whose account has another number there by now.
 */
export const demoOperations: Readonly<Record<string, readonly DemoOperation[]>> = {
  'direction@primeurs-du-haouz.example': [
    {
      type: 'update',
      daysAgo: 4,
      company: { actualActivity: 'Exportation de primeurs, d’agrumes et de fruits rouges' },
      outcome: 'rejected',
      reasons: [
        {
          about: { document: 'trade_register' },
          cause: 'mismatch',
          text: 'Le modèle J joint ne porte pas la nouvelle activité.',
        },
      ],
    },
    {
      type: 'update',
      daysAgo: 0,
      company: { actualActivity: 'Exportation de primeurs et de fruits rouges' },
      isDraft: true,
    },
  ],
  'direction@bois-du-rif.example': [
    {
      type: 'update',
      daysAgo: 6,
      company: { tradeName: 'Rif Bois et Panneaux', phone: '+212539320770' },
      outcome: 'accepted',
      reasons: [
        {
          about: { item: 'company.tradeName' },
          cause: 'mismatch',
          text: 'L’enseigne du modèle J est restée « Bois du Rif ».',
        },
      ],
    },
    {
      type: 'update',
      daysAgo: 1,
      company: {
        address: '20, zone industrielle Gzenaya, Tanger',
        actualActivity: 'Importation de bois et de panneaux',
      },
    },
  ],
  'contact@pieces-du-chaouia.example': [
    { type: 'update', daysAgo: 4, company: { phone: '+212522440811' }, outcome: 'accepted' },
    {
      type: 'cancellation',
      daysAgo: 2,
      details: { ground: 'liquidation', comment: 'Liquidation judiciaire de la société.' },
      outcome: 'rejected',
      reasons: [
        {
          about: { document: 'liquidation_evidence' },
          cause: 'wrong_document',
          text: 'Le document joint n’est pas le jugement définitif.',
        },
      ],
    },
  ],
  'gerance@ceramiques-de-safi.example': [{ type: 'cancellation', daysAgo: 1, details: strikingOff }],
  'direction@messagerie-du-tensift.example': [
    { type: 'cancellation', daysAgo: 9, details: strikingOff, outcome: 'accepted' },
    {
      type: 'restoration',
      daysAgo: 5,
      details: { evidence: 'minutes', motive: 'Reprise de l’activité décidée par l’assemblée générale.' },
      outcome: 'rejected',
      reasons: [
        {
          about: { document: 'minutes' },
          cause: 'illegible',
          text: 'Les signatures du procès-verbal ne se lisent pas.',
        },
      ],
    },
    {
      type: 'restoration',
      daysAgo: 1,
      details: {
        evidence: 'trade_register',
        motive: 'Reprise de l’activité décidée par l’assemblée générale.',
      },
    },
  ],
  'gerance@huilerie-de-la-menara.example': [
    {
      type: 'update',
      daysAgo: 3,
      company: { actualActivity: 'Exportation d’huile d’olive et de conserves' },
      outcome: 'accepted',
    },
  ],
  // The acceptance of the second closes the first.
  'contact@quincaillerie-de-la-kasbah.example': [
    { type: 'update', daysAgo: 6, company: { phone: '+212539320990' } },
    { type: 'cancellation', daysAgo: 3, details: strikingOff, outcome: 'accepted' },
  ],
};

/** The number of a demonstration company's account at the sandbox's BADR. */
export const demoAccountNumber = (ice: string): string => `C100${ice.slice(4, 9)}`;

const safi = formOf({
  ice: iceOf('009950010'),
  legalName: 'Céramiques de Safi SARL',
  acronym: 'CDS',
  tradeName: 'Safi Céramiques',
  mailbox: 'gerance@ceramiques-de-safi.example',
  town: 'marrakech',
  street: '7, rue Ibn Khaldoun',
  activity: '4649',
  actualActivity: 'Exportation de poteries et de céramiques',
  manager: ['Ouardi', 'Meryem', 'H311905'],
});
const tensift = formOf({
  ice: iceOf('009950011'),
  legalName: 'Messagerie du Tensift SARL',
  acronym: 'MDT',
  tradeName: 'Tensift Fret',
  mailbox: 'direction@messagerie-du-tensift.example',
  town: 'marrakech',
  street: '52, route de Safi',
  activity: '5229',
  actualActivity: 'Organisation de transports de marchandises',
  manager: ['Belhaj', 'Othmane', 'EE118264'],
});
const oukaimeden = formOf({
  ice: iceOf('009950012'),
  legalName: 'Transit Oukaïmeden SARL',
  acronym: 'TOK',
  tradeName: 'Transit Oukaïmeden',
  mailbox: 'gerance@transit-oukaimeden.example',
  town: 'casablanca',
  street: '16, rue de Commercy',
  activity: '5229',
  actualActivity: 'Transit en douane',
  manager: ['Kabbaj', 'Selma', 'BJ407733'],
});
const menara = formOf({
  ice: iceOf('009950013'),
  legalName: 'Huilerie de la Ménara SARL',
  acronym: 'HDM',
  tradeName: 'Ménara Huiles',
  mailbox: 'gerance@huilerie-de-la-menara.example',
  town: 'marrakech',
  street: '31, route de l’Ourika',
  activity: '4633',
  actualActivity: 'Exportation d’huile d’olive',
  manager: ['Sebti', 'Yassine', 'EE390617'],
});
const kasbah = formOf({
  ice: iceOf('009950014'),
  legalName: 'Quincaillerie de la Kasbah SARL',
  acronym: 'QDK',
  tradeName: 'Kasbah Outillage',
  mailbox: 'contact@quincaillerie-de-la-kasbah.example',
  town: 'tanger',
  street: '5, rue d’Italie',
  activity: '4663',
  actualActivity: 'Importation d’outillage et de quincaillerie',
  manager: ['Filali', 'Houda', 'K267840'],
});

/** Companies that are there for their operations alone. */
export const operatingCompanies: readonly DemoCompany[] = [
  {
    goal: 'validated',
    role: 'cancelling',
    note: 'the cancellation of its customs account is in review',
    email: 'gerance@ceramiques-de-safi.example',
    operatorType: 'exporter',
    daysAgo: 15,
    ...safi,
  },
  {
    goal: 'validated',
    role: 'cancelled',
    note: 'its customs account is cancelled; one restoration was refused, another is in review',
    email: 'direction@messagerie-du-tensift.example',
    operatorType: 'freight_forwarder',
    daysAgo: 20,
    ...tensift,
  },
  {
    goal: 'validated',
    attaches: true,
    role: 'attached',
    note: 'attached to what customs hold; a code sent to their e-mail address opens its operations',
    email: 'compta@transit-oukaimeden.example',
    operatorType: 'customs_broker',
    daysAgo: 5,
    company: { ...oukaimeden.company, approvalNumber: 'AGR-0712' },
    managers: oukaimeden.managers,
  },
  {
    goal: 'validated',
    role: 'refused',
    note: 'an update that was accepted, and that customs’ system refused: an agent sends it again',
    email: 'gerance@huilerie-de-la-menara.example',
    operatorType: 'exporter',
    daysAgo: 16,
    ...menara,
  },
  {
    goal: 'validated',
    role: 'closed',
    note: 'its customs account is cancelled, which closed the update that waited',
    email: 'contact@quincaillerie-de-la-kasbah.example',
    operatorType: 'importer',
    daysAgo: 18,
    ...kasbah,
  },
];
