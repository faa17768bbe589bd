import { formatAmount, formatDate, formatDateTime, type Locale } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import {
  eventKeptDays,
  isListSection,
  operatorScopeWords,
  type Reason,
  Section,
  sectionRule,
} from '@rnoce/schemas';
import type { Environment } from '../../env.ts';
import { customsRequestContents } from './customs-request-contents.ts';
import { type EmailDocument, emailHtml, emailText } from './email-document.ts';
import {
  type Content,
  type Fact,
  facts,
  type Key,
  paragraph,
  type Translate,
  type Words,
} from './email-words.ts';
import type { EmailTemplate, EmailTemplateData } from './emails.templates.ts';

interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
type Settings = Pick<Environment, 'PUBLIC_URL' | 'ASSISTANCE_PHONE' | 'ASSISTANCE_URL'>;

const portalPath = '/espace-prive/';
/** « Mes informations », with the programs that act for the operator. */
const informationPath = '/espace-prive/mes-informations';
/** The payment application, searching by the code. */
const paymentPath = (code: string | null) => (code === null ? '/paiement/' : `/paiement/?code=${code}`);
/** In the place of a code that isn't drawn yet. */
const codeToCome = '····';

/** What each e-mail says (spec/registration.md, E-mails), in the guide's words where it has them. */
const contents: { [Template in EmailTemplate]: Content<Template> } = {
  account_creation: ({ path }, { t, action }) => [
    paragraph(t('emails:account_creation.welcome')),
    paragraph(t('emails:account_creation.instruction')),
    action('emails:account_creation.action', path),
    paragraph(t('emails:account_creation.not-you')),
  ],
  password_reset: ({ legalName, path }, { t, action }) => [
    paragraph(t('emails:password_reset.asked', { legalName })),
    paragraph(t('emails:password_reset.instruction')),
    action('emails:password_reset.action', path),
    paragraph(t('emails:password_reset.not-you')),
  ],
  password_changed: ({ legalName, at }, { t, action }) => [
    paragraph(t('emails:password_changed.told', { legalName, at: formatDateTime(at) })),
    paragraph(t('emails:password_changed.not-you')),
    action('emails:password_changed.action', portalPath),
  ],
  registry_confirmation: ({ legalName, code }, { t }) => [
    paragraph(t('emails:registry_confirmation.instruction', { legalName })),
    { kind: 'code', code },
    paragraph(t('emails:registry_confirmation.not-you')),
  ],
  subscription_received: ({ legalName, code, authorities }, { t, list, action }) => [
    paragraph(
      t('emails:subscription_received.received', {
        legalName,
        code,
        authorities: list(authorities.map((authority) => t(`reference:authority.${authority}`))),
      }),
    ),
    paragraph(t('emails:subscription_received.follow')),
    action('emails:subscription_received.action', portalPath),
  ],
  filing_incomplete: ({ legalName, code, authority, reasons, path }, { t, action }) => [
    paragraph(
      t('emails:filing_incomplete.told', {
        legalName,
        code,
        authority: t(`reference:authority.${authority}`),
      }),
    ),
    { kind: 'list', items: reasons.map((reason) => reasonItem(reason, t)) },
    paragraph(t('emails:filing_incomplete.rectify')),
    action('emails:filing_incomplete.action', path),
  ],
  filing_validated: ({ code, authority, subscriptionCode = null }, { t, action }) => [
    paragraph(t(`emails:filing_validated.${authority}`, { code })),
    ...(authority === 'portnet'
      ? [
          paragraph(t('emails:filing_validated.subscription-code')),
          { kind: 'code' as const, code: subscriptionCode ?? codeToCome },
          action('emails:filing_validated.pay', paymentPath(subscriptionCode)),
          paragraph(t('emails:filing_validated.accounts')),
        ]
      : []),
    action('emails:filing_validated.action', portalPath),
  ],
  single_window_account_opened: ({ name, legalName, login, subscriptionCode }, { t }) => [
    paragraph(t('emails:single_window_account_opened.told', { name })),
    facts([
      [t('emails:single_window_account_opened.operator'), legalName],
      [t('emails:single_window_account_opened.login'), login],
      [t('emails:single_window_account_opened.subscription-code'), subscriptionCode],
    ]),
    paragraph(t('emails:single_window_account_opened.keep')),
    paragraph(t('emails:single_window_account_opened.not-you')),
  ],
  user_emails_changed: ({ legalName, code, changes, path }, { t, action }) => [
    paragraph(t('emails:user_emails_changed.told', { legalName, code })),
    {
      kind: 'list',
      items: changes.map(({ name, from, to }) => ({
        title: name,
        detail: t('reference:email-change', { from, to }),
      })),
    },
    paragraph(t('emails:user_emails_changed.next')),
    paragraph(t('emails:user_emails_changed.not-you')),
    action('emails:user_emails_changed.action', path),
  ],
  control_confirmed: ({ legalName, code, path }, { t, action }) => [
    paragraph(t('emails:control_confirmed.told', { legalName, code })),
    paragraph(t('emails:control_confirmed.next')),
    paragraph(t('emails:control_confirmed.not-you')),
    action('emails:control_confirmed.action', path),
  ],
  message_received: ({ legalName, code, authority, path }, { t, action }) => [
    paragraph(
      t('emails:message_received.told', {
        legalName,
        code,
        authority: t(`reference:authority.${authority}`),
      }),
    ),
    paragraph(t('emails:message_received.read')),
    action('emails:message_received.action', path),
  ],
  message_received_by_agent: ({ legalName, code, path }, { t, action }) => [
    paragraph(t('emails:message_received_by_agent.told', { legalName, code })),
    action('emails:message_received_by_agent.action', path),
  ],
  ...customsRequestContents,
  payment_reference: ({ reference, channel, paidAt, expiresAt, ...data }, { t, action }) => [
    paragraph(t('emails:payment_reference.told')),
    { kind: 'code', code: reference },
    facts([
      ...orderFacts(data, t),
      [t('emails:payment_reference.amount'), formatAmount(data.amount)],
      [t('emails:payment_reference.before'), formatDateTime(expiresAt)],
      ...(paidAt.length > 0 ? [[t('emails:payment_reference.places'), paidAt.join(', ')] as const] : []),
    ]),
    paragraph(
      t(
        channel === 'tashilat'
          ? 'emails:payment_reference.where-tashilat'
          : 'emails:payment_reference.where-fatourati',
      ),
    ),
    paragraph(t('emails:payment_reference.after')),
    action('emails:payment_reference.action', data.path),
    paragraph(t('emails:payment_reference.not-you')),
  ],
  payment_receipt: ({ receiptNumber, paidAt, ...data }, { t, action }) => [
    paragraph(t('emails:payment_receipt.told')),
    facts([
      [t('emails:payment_receipt.number'), receiptNumber],
      ...orderFacts(data, t),
      [t('emails:payment_receipt.amount'), formatAmount(data.amount)],
      [t('emails:payment_receipt.at'), formatDateTime(paidAt)],
    ]),
    paragraph(t('emails:payment_receipt.check')),
    action('emails:payment_receipt.action', data.path),
  ],
  payment_refund_due: (data, { t, action }) => [
    paragraph(t('emails:payment_refund_due.told')),
    facts([...orderFacts(data, t), [t('emails:payment_refund_due.amount'), formatAmount(data.amount)]]),
    paragraph(t('emails:payment_refund_due.how')),
    action('emails:payment_refund_due.action', data.path),
  ],
  payment_refunded: (data, { t, action }) => [
    paragraph(t('emails:payment_refunded.told')),
    facts([...orderFacts(data, t), [t('emails:payment_refunded.amount'), formatAmount(data.amount)]]),
    paragraph(t('emails:payment_refunded.when')),
    action('emails:payment_refund_due.action', data.path),
  ],
  payment_taken_back: (data, { t, action }) => [
    paragraph(t('emails:payment_taken_back.told')),
    facts([...orderFacts(data, t), [t('emails:payment.amount'), formatAmount(data.amount)]]),
    paragraph(t('emails:payment_taken_back.next')),
    action('emails:payment_taken_back.action', data.path),
  ],
  agent_invitation: ({ name, authority, by, path, expiresAt, renewed }, { t, action }) => [
    paragraph(t(renewed ? 'emails:agent_invitation.renewed' : 'emails:agent_invitation.told')),
    facts([
      [t('emails:agent_invitation.agent'), name],
      [t('emails:agent_invitation.authority'), t(`reference:authority.${authority}`)],
      [t('emails:agent_invitation.by'), by],
      [t('emails:agent_invitation.until'), formatDateTime(expiresAt)],
    ]),
    paragraph(t('emails:agent_invitation.instruction')),
    action('emails:agent_invitation.action', path),
    paragraph(t('emails:agent_invitation.not-you')),
  ],
  agent_access_changed: ({ change, at }, { t }) => [
    paragraph(t(`emails:agent_access_changed.${change}`, { at: formatDateTime(at) })),
    paragraph(t('emails:agent_access_changed.not-you')),
  ],
  api_key_made: ({ legalName, integrator, key, scopes, expiresOn, authority }, { t, action }) => [
    paragraph(t('emails:api_key_made.told', { legalName })),
    facts([
      [t('emails:api_key_made.integrator'), integrator],
      [t('emails:api_key_made.key'), key],
      [t('emails:api_key_made.by'), t(`reference:authority.${authority}`)],
      [t('emails:api_key_made.until'), formatDate(expiresOn)],
    ]),
    paragraph(t('emails:api_key_made.opens')),
    {
      kind: 'list',
      items: scopes.map((scope) => ({
        title: t(`reference:key-scope.${operatorScopeWords[scope]}`),
        detail: '',
      })),
    },
    paragraph(t('emails:api_key_made.withdraw')),
    action('emails:api_key_made.action', informationPath),
  ],
  webhook_disabled: (data, { t }) => [
    paragraph(t(`emails:webhook_disabled.${data.reason}`)),
    facts([[t('emails:webhook_disabled.integrator'), data.integrator], ...endpointFacts(data, t)]),
    paragraph(t('emails:webhook_disabled.kept', { days: eventKeptDays })),
    paragraph(
      t('urls' in data ? 'emails:webhook_disabled.key_compromised_next' : 'emails:webhook_disabled.next'),
    ),
  ],
};

function endpointFacts(data: EmailTemplateData['webhook_disabled'], t: Translate): Fact[] {
  if ('urls' in data)
    return [
      [t('emails:webhook_disabled.key'), data.key],
      ...data.urls.map((url): Fact => [t('emails:webhook_disabled.url'), url]),
    ];
  return [
    [t('emails:webhook_disabled.url'), data.url],
    [t('emails:webhook_disabled.since'), formatDateTime(data.since)],
  ];
}

const orderFacts = (
  { orderNumber, issuer }: { orderNumber: string; issuer: string },
  t: Translate,
): Fact[] => [
  [t('emails:payment.order'), orderNumber],
  [t('emails:payment.issuer'), issuer],
];

function reasonItem({ about, cause, text }: Reason, t: Translate): { title: string; detail: string } {
  return {
    title: t('emails:filing_incomplete.reason', {
      about: aboutLabel(about, t),
      cause: t(`reference:cause.${cause}`),
    }),
    detail: text,
  };
}

/** The name of what a reason is about, as the form calls it. */
function aboutLabel(about: Reason['about'], t: Translate): string {
  const whole = t('emails:filing_incomplete.whole');
  if (about === undefined) return whole;
  if ('document' in about) return t(`reference:document.${about.document}`);
  const [name = '', ...rest] = about.field.split('.');
  const section = Section.safeParse(name).data;
  if (!section) return whole;
  const { labels, fields } = sectionRule(section);
  const labelOf = (field = '') =>
    // The table of sections names the labels: the catalogues' test compares the two.
    Object.hasOwn(fields, field) ? t(`reference:${labels}.${field}` as Key) : undefined;
  if (!isListSection(section)) return labelOf(rest[0]) ?? whole;
  const item = t(`emails:filing_incomplete.${section}`, { number: Number(rest[0]) + 1 });
  const field = labelOf(rest[1]);
  return field === undefined ? item : t('emails:filing_incomplete.item-field', { item, field });
}

/** Makes an e-mail in its language: HTML, plain text and subject. Every value is escaped where it goes into HTML. */
export function renderEmail<Template extends EmailTemplate>(
  template: Template,
  data: EmailTemplateData[Template],
  locale: Locale,
  { PUBLIC_URL, ASSISTANCE_PHONE, ASSISTANCE_URL }: Settings,
): RenderedEmail {
  const t: Translate = (key, params) => translate(locale, key, params);
  const list: Words['list'] = (items) => new Intl.ListFormat(locale).format(items);
  const action: Words['action'] = (key, path) => ({
    kind: 'action',
    label: t(key),
    hint: t('emails:layout.link'),
    url: `${PUBLIC_URL}${path}`,
  });
  const document: EmailDocument = {
    locale,
    subject: t(`emails:${template}.subject`),
    product: t('emails:layout.product'),
    blocks: [paragraph(t('emails:layout.greeting')), ...contents[template](data, { t, list, action })],
    assistance: {
      text: t('emails:layout.assistance', { phone: ASSISTANCE_PHONE.replaceAll(' ', '\u00a0') }),
      url: ASSISTANCE_URL,
    },
    signature: t('emails:layout.signature'),
    automatic: t('emails:layout.automatic'),
  };
  return { subject: document.subject, html: emailHtml(document), text: emailText(document) };
}
