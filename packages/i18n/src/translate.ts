import arCommon from './ar/common.json' with { type: 'json' };
import arEmails from './ar/emails.json' with { type: 'json' };
import arErrors from './ar/errors.json' with { type: 'json' };
import arLanding from './ar/landing.json' with { type: 'json' };
import arReceipts from './ar/receipts.json' with { type: 'json' };
import arReference from './ar/reference.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enEmails from './en/emails.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enLanding from './en/landing.json' with { type: 'json' };
import enReceipts from './en/receipts.json' with { type: 'json' };
import enReference from './en/reference.json' with { type: 'json' };
import frCommon from './fr/common.json' with { type: 'json' };
import frEmails from './fr/emails.json' with { type: 'json' };
import frErrors from './fr/errors.json' with { type: 'json' };
import frLanding from './fr/landing.json' with { type: 'json' };
import frReceipts from './fr/receipts.json' with { type: 'json' };
import frReference from './fr/reference.json' with { type: 'json' };
import type { MessageKey } from './keys.ts';
import type { Locale } from './locale.ts';
import { type Catalogue, formatMessage, type MessageParams } from './message.ts';

const catalogues: Readonly<Record<Locale, Catalogue>> = {
  fr: {
    common: frCommon,
    emails: frEmails,
    errors: frErrors,
    landing: frLanding,
    receipts: frReceipts,
    reference: frReference,
  },
  ar: {
    common: arCommon,
    emails: arEmails,
    errors: arErrors,
    landing: arLanding,
    receipts: arReceipts,
    reference: arReference,
  },
  en: {
    common: enCommon,
    emails: enEmails,
    errors: enErrors,
    landing: enLanding,
    receipts: enReceipts,
    reference: enReference,
  },
};

type ServerKey = Extract<
  MessageKey,
  `${'common' | 'emails' | 'errors' | 'landing' | 'receipts' | 'reference'}:${string}`
>;

/** A message for e-mails and pages made by the server. Plain text: the caller escapes it for HTML. */
export const translate = (locale: Locale, key: ServerKey, params?: MessageParams): string =>
  formatMessage(catalogues[locale], locale, key, params);
