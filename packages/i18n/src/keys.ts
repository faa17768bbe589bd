import type administration from './fr/administration.json';
import type backoffice from './fr/backoffice.json';
import type checkout from './fr/checkout.json';
import type common from './fr/common.json';
import type contracts from './fr/contracts.json';
import type desk from './fr/desk.json';
import type emails from './fr/emails.json';
import type errors from './fr/errors.json';
import type finance from './fr/finance.json';
import type integrators from './fr/integrators.json';
import type invitation from './fr/invitation.json';
import type invoices from './fr/invoices.json';
import type landing from './fr/landing.json';
import type operations from './fr/operations.json';
import type operationsDesk from './fr/operations-desk.json';
import type passwords from './fr/passwords.json';
import type payment from './fr/payment.json';
import type portal from './fr/portal.json';
import type programs from './fr/programs.json';
import type receipts from './fr/receipts.json';
import type reference from './fr/reference.json';
import type shell from './fr/shell.json';
import type subscriptions from './fr/subscriptions.json';
import type thread from './fr/thread.json';
import type wizard from './fr/wizard.json';

/** The French catalogues are the source of the keys; the test compares the other languages with them. */
interface Namespaces {
  administration: typeof administration;
  backoffice: typeof backoffice;
  checkout: typeof checkout;
  common: typeof common;
  contracts: typeof contracts;
  desk: typeof desk;
  emails: typeof emails;
  errors: typeof errors;
  finance: typeof finance;
  integrators: typeof integrators;
  invitation: typeof invitation;
  invoices: typeof invoices;
  landing: typeof landing;
  'operations-desk': typeof operationsDesk;
  operations: typeof operations;
  passwords: typeof passwords;
  payment: typeof payment;
  portal: typeof portal;
  programs: typeof programs;
  receipts: typeof receipts;
  reference: typeof reference;
  shell: typeof shell;
  subscriptions: typeof subscriptions;
  thread: typeof thread;
  wizard: typeof wizard;
}

type PluralSuffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutSuffix<K extends string> = K extends `${infer Base}_${PluralSuffix}` ? Base : K;

export type Namespace = keyof Namespaces;
/** A message by its whole name, `namespace:key`, without the plural's suffix. */
export type MessageKey = {
  [N in Namespace]: `${N}:${WithoutSuffix<keyof Namespaces[N] & string>}`;
}[Namespace];
