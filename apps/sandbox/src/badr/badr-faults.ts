import { type CompanyFault, companyFaultBody } from '../faults/company-fault.ts';
import { FaultSwitch } from '../faults/fault-switch.ts';

/** What BADR can answer that is no answer; each must be taken for « unavailable », never for « not registered ». */
export const nonsenseVariants = {
  html: 'une page HTML, en 200',
  html_404: 'une page HTML, en 404',
  bare_404: 'un 404 JSON sans le code attendu',
  wrong_types: 'du JSON dont les types sont faux',
  wrong_company: 'la fiche d’une autre société',
  truncated: 'du JSON tronqué',
  cut_midway: 'un corps coupé en cours de route',
  empty: 'un corps vide, en 200',
  not_utf8: 'des octets qui ne sont pas de l’UTF-8',
  wrong_type_header: 'du JSON annoncé text/plain',
  redirect: 'une redirection',
  giant: 'un corps de 8 Mo',
} as const;
export type NonsenseVariant = keyof typeof nonsenseVariants;

export const badrModes = {
  normal: 'répond normalement',
  slow: 'répond, mais tard',
  down: 'coupe la connexion',
  error: 'répond 500',
  nonsense: 'répond n’importe quoi',
  refuse: 'refuse les inscriptions et les opérations (422), répond normalement au reste',
  cut_after: 'fait l’opération, puis coupe la connexion',
  late_after: 'fait l’opération, puis répond tard',
} as const;
export type BadrMode = keyof typeof badrModes;

export type BadrFault = CompanyFault<BadrMode, NonsenseVariant>;

export const normalBadr: BadrFault = { mode: 'normal', delayMs: 0, variant: 'html' };

export const SetBadrModeBody = companyFaultBody(badrModes, nonsenseVariants, 'html');

export const createBadrFaults = (): FaultSwitch<BadrFault> => new FaultSwitch(normalBadr);
