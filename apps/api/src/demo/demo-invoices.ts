import type { PaymentMethod } from '@rnoce/schemas';
import { controlKey } from '@rnoce/schemas/identifiers';
import { customsCompanies } from './demo-companies.ts';

/** Those that the guide shows, and two invented ones. */
export const demoIssuers = [
  { code: 'PORTNET', name: 'PORTNET' },
  { code: 'TUV', name: 'TUV Rheinland' },
  { code: 'BVERITAS', name: 'Bureau Veritas' },
  { code: 'ATLAS-LABO', name: 'Laboratoire Atlas Analyses' },
  { code: 'QUAIS', name: 'Quais du Détroit Manutention' },
] as const;
type IssuerCode = (typeof demoIssuers)[number]['code'];

const companyOf = (email: string): { ice: string; legalName: string } => {
  const found = customsCompanies.find((one) => one.email === email)?.company;
  if (!found?.ice || !found.legalName) throw new Error(`no demonstration company ${email}`);
  return { ice: found.ice, legalName: found.legalName };
};

/** The single window's codes; the first one's operator holds it in their account. */
export const demoCodes = [
  {
    code: '1206',
    email: 'direction@primeurs-du-haouz.example',
    ...companyOf('direction@primeurs-du-haouz.example'),
  },
  { code: 'K7M2', ...companyOf('contact@negoce-du-souss.example') },
  { code: 'B4Z9', ice: `0099600010000${controlKey('0099600010000')}`, legalName: 'Yassine Tahiri' },
] as const satisfies readonly { code: string; ice: string; legalName: string; email?: string }[];
type Client = (typeof demoCodes)[number]['code'];

export interface DemoInvoice {
  readonly issuer: IssuerCode;
  readonly number: string;
  readonly client: Client;
  /** Days before today. */
  readonly issued: number;
  /** Days from today; less than zero: its time is over. */
  readonly due: number;
  readonly amount: string;
  /** Published for the client's ICE instead of their code. */
  readonly byIce?: true;
  readonly methods?: readonly PaymentMethod[];
  /** Paid so many days ago; those of one issuer and day by one order. */
  readonly paid?: number;
  /** By two payers at once: the second one's money is due back. */
  readonly paidTwice?: true;
}

type Row = readonly [
  number: string,
  issued: number,
  due: number,
  amount: string,
  more?: Pick<DemoInvoice, 'byIce' | 'methods' | 'paid' | 'paidTwice'>,
];
const rows = (client: Client, issuer: IssuerCode, given: readonly Row[]): DemoInvoice[] =>
  given.map(([number, issued, due, amount, more]) => ({
    issuer,
    number,
    client,
    issued,
    due,
    amount,
    ...more,
  }));

const byIce = { byIce: true } as const;

/** Invented. The first code has 23 to pay: three pages. */
export const demoInvoices: readonly DemoInvoice[] = [
  ...rows('1206', 'PORTNET', [
    ['000293P', 75, -45, '20.00'],
    ['000318P', 62, -32, '64.00'],
    ['000347P', 48, -18, '64.00', byIce],
    ['000402P', 30, 0, '120.00'],
    ['000415P', 24, 6, '64.00'],
    ['000431P', 12, 18, '64.00', byIce],
    ['000440P', 6, 24, '350.50', { methods: ['cmi'] }],
    ['000446P', 2, 28, '64.00'],
    ['000201P', 160, -130, '64.00', { paid: 131 }],
    ['000219P', 132, -102, '64.00', { paid: 104 }],
    ['000226P', 130, -100, '120.00', { paid: 104 }],
    ['000258P', 101, -71, '64.00', { paid: 74 }],
  ]),
  ...rows('1206', 'TUV', [
    ['WAF3', 90, -60, '420.00'],
    ['WAF4', 90, -60, '420.00'],
    ['WAF7', 41, -11, '1260.00'],
    ['WAF9', 20, 25, '840.00', { methods: ['amanpay'] }],
    ['WAF12', 9, 36, '2100.75'],
    ['WAF13', 3, 42, '420.00'],
    ['WAF1', 151, -121, '420.00', { paid: 122 }],
    ['WAF2', 118, -88, '840.00', { paid: 90 }],
  ]),
  ...rows('1206', 'BVERITAS', [
    ['FACT 12', 55, -25, '2480.00'],
    ['FACT 13', 51, -21, '310.40', byIce],
    ['FACT 17', 33, 12, '1995.00'],
    ['FACT 21', 15, 30, '775.20'],
    ['FACT 22', 4, 41, '18640.00'],
    ['FACT 05', 140, -110, '2480.00', { paid: 112 }],
    ['FACT 08', 99, -69, '3120.00', { paid: 70 }],
  ]),
  ...rows('1206', 'ATLAS-LABO', [
    ['LA-2044', 28, 2, '540.00'],
    ['LA-2051', 18, 12, '1080.00'],
    ['LA-1987', 92, -62, '540.00', { paid: 63 }],
    ['LA-2003', 70, -40, '540.00', { paid: 41 }],
  ]),
  ...rows('1206', 'QUAIS', [
    ['Q/7781', 26, 4, '9312.65'],
    ['Q/7804', 7, 23, '4120.00', { methods: ['cmi'] }],
  ]),
  ...rows('K7M2', 'PORTNET', [
    ['000301P', 68, -38, '64.00'],
    ['000377P', 40, -10, '64.00'],
    ['000422P', 19, 11, '120.00'],
    ['000448P', 1, 29, '64.00', byIce],
    ['000244P', 110, -80, '64.00', { paid: 82 }],
  ]),
  ...rows('K7M2', 'TUV', [
    ['WAF5', 58, -28, '1680.00'],
    ['WAF8', 29, 16, '420.00'],
  ]),
  ...rows('K7M2', 'BVERITAS', [
    ['FACT 15', 44, -14, '905.00'],
    ['FACT 19', 22, 23, '1450.00', { methods: ['amanpay'] }],
    ['FACT 09', 96, -66, '905.00', { paid: 67 }],
  ]),
  ...rows('K7M2', 'QUAIS', [
    ['Q/7755', 39, -9, '2210.10'],
    ['Q/7799', 11, 19, '6480.00'],
  ]),
  ...rows('B4Z9', 'PORTNET', [
    ['000411P', 27, 3, '64.00'],
    ['000437P', 10, 20, '20.00', byIce],
    ['000262P', 100, -70, '64.00', { paid: 72 }],
  ]),
  ...rows('B4Z9', 'ATLAS-LABO', [
    ['LA-2029', 46, -16, '270.00'],
    ['LA-2060', 8, 22, '540.00'],
    ['LA-1990', 91, -61, '270.00', { paid: 62, paidTwice: true }],
  ]),
];
