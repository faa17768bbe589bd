import { locales } from '@rnoce/i18n';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmailTemplate, EmailTemplateData } from './emails.templates.ts';
import { renderEmail } from './render-email.ts';

const settings = {
  PUBLIC_URL: 'https://rnoce.example',
  ASSISTANCE_PHONE: '05 20 47 31 00',
  ASSISTANCE_URL: 'https://assistance.example/?a=1&b=2',
};
const legalName = 'Transit <Bouregreg> & "Fils"';
const path = '/espace-prive/registre/creer-mot-de-passe/abc';
const code = '11092023I00000001138';
const payment = {
  orderNumber: 'PN-0000032241',
  issuer: 'TUV <Bouregreg> Maroc',
  amount: '1840.00',
  path: '/paiement/commandes/1c4bd8a5-2f0e-4f5c-9d0e-0a1b2c3d4e5f',
};
const request = {
  legalName,
  reference: `${code}-2`,
  path: '/espace-prive/operations/1c4bd8a5-2f0e-4f5c-9d0e-0a1b2c3d4e5f',
};
const samples: { [Template in EmailTemplate]: EmailTemplateData[Template] } = {
  account_creation: { path },
  agent_access_changed: { change: 'activated', at: '2023-08-02T09:42:00.000Z' },
  agent_invitation: {
    name: 'Salma <Bouregreg> Alaoui',
    authority: 'customs',
    by: 'Driss <Bouregreg> "Bennani"',
    path: '/agents/invitation#Jx0b3mQm3f0m5Vt1q2W7y9a4c6e8g0i2k4m6o8q0s2u',
    expiresAt: '2025-11-22T09:42:00.000Z',
    renewed: false,
  },
  password_reset: { legalName, path },
  password_changed: { legalName, at: '2023-08-02T09:42:00.000Z' },
  registry_confirmation: { legalName, code: '493017' },
  subscription_received: { legalName, code, authorities: ['customs'] },
  filing_incomplete: {
    legalName,
    code,
    authority: 'customs',
    path: '/espace-prive/demandes/1',
    reasons: [
      { about: { document: 'ice' }, cause: 'illegible', text: 'Page 2 <coupée>' },
      { about: { field: 'company.legalName' }, cause: 'mismatch', text: '' },
      { about: { field: 'managers.1.idNumber' }, cause: 'expired', text: '' },
      { about: { field: 'singleWindowUsers.0' }, cause: 'other', text: 'Inconnu' },
      { about: { field: 'contacts.2.email' }, cause: 'mismatch', text: '' },
      { about: { field: 'bankAccount.rib' }, cause: 'mismatch', text: '' },
      { about: { field: 'legalRepresentative.manager' }, cause: 'other', text: 'Non signataire' },
      { about: { document: 'contract' }, cause: 'illegible', text: '' },
      { cause: 'other', text: 'Dossier à reprendre' },
    ],
  },
  filing_validated: { legalName, code, authority: 'portnet', subscriptionCode: 'K7R2' },
  single_window_account_opened: {
    name: 'Salma <Bouregreg> Alaoui',
    legalName,
    login: 's.alaoui',
    subscriptionCode: 'K7R2',
  },
  user_emails_changed: {
    legalName,
    code,
    changes: [{ name: 'Salma <Bouregreg> Alaoui', from: 's@a.example', to: 'salma.alaoui@a.example' }],
    path: '/espace-prive/demandes/1',
  },
  control_confirmed: { legalName, code, path: '/espace-prive/demandes/1' },
  message_received: { legalName, code, authority: 'portnet', path: '/espace-prive/demandes/1' },
  message_received_by_agent: { legalName, code, path: '/agents/dossiers/1' },
  customs_request_received: { ...request, type: 'update' },
  cancellation_notice: { legalName, reference: request.reference },
  customs_request_accepted: {
    ...request,
    type: 'update',
    leftOut: [
      { about: { item: 'company.legalName' }, cause: 'mismatch', text: 'Page 2 <coupée>' },
      { about: { item: 'managers.manager-1' }, cause: 'other', text: 'Inconnu', name: 'Salma <Bouregreg>' },
    ],
  },
  customs_request_rejected: {
    ...request,
    type: 'cancellation',
    reasons: [
      { about: { document: 'liquidation_evidence' }, cause: 'illegible', text: 'Page 2 <coupée>' },
      { cause: 'account_cancelled', text: '' },
    ],
  },
  customs_request_closed: { ...request, type: 'update' },
  payment_reference: {
    ...payment,
    reference: '1000300000071',
    channel: 'fatourati',
    paidAt: ['Banque A', 'Wallet <B>'],
    expiresAt: '2025-11-22T09:42:00.000Z',
  },
  payment_receipt: {
    ...payment,
    orderId: '1c4bd8a5-2f0e-4f5c-9d0e-0a1b2c3d4e5f',
    receiptNumber: 'R-2026-0000032241',
    paidAt: '2026-11-21T09:42:00.000Z',
  },
  payment_refund_due: payment,
  payment_refunded: payment,
  payment_taken_back: payment,
  api_key_made: {
    legalName,
    integrator: 'ERP <Bouregreg>',
    key: 'Serveur <Bouregreg> (rnoce_7fK2mQ9xW4pT…)',
    scopes: ['subscriptions:read', 'webhooks:manage'],
    expiresOn: '2027-06-30',
    authority: 'portnet',
  },
  webhook_disabled: {
    integrator: 'ERP <Négoce>',
    url: 'https://erp.example/rnoce',
    reason: 'failures',
    since: '2026-11-16T09:30:00.000Z',
  },
};
const templates = Object.keys(samples) as EmailTemplate[];
const render = (template: EmailTemplate, locale: (typeof locales)[number]) =>
  renderEmail(template, samples[template], locale, settings);

const renewedInvitation = (locale: (typeof locales)[number]) =>
  renderEmail('agent_invitation', { ...samples.agent_invitation, renewed: true }, locale, settings);

describe.each(locales)('in %s', (locale) => {
  it.each(templates)('%s is whole, escaped, and says the same in both parts', (template) => {
    const { subject, html, text } = render(template, locale);
    for (const part of [subject, html, text]) {
      expect(part).not.toMatch(/\{\{|undefined|emails:|reference:/);
    }
    expect(html).not.toContain('<Bouregreg>');
    expect(html).not.toContain('<coupée>');
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain('https://assistance.example/?a=1&amp;b=2');
    expect(text).toContain('\nhttps://assistance.example/?a=1&b=2\n');
    expect(html).not.toMatch(/<(script|img|link|style)/);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

it('takes the guide’s words', () => {
  expect(render('subscription_received', 'fr').subject).toBe(
    "Notification RNOCE\u00a0: confirmation de réception d'une nouvelle demande de souscription",
  );
  const byCustoms = { legalName, code, authority: 'customs' } as const;
  expect(renderEmail('filing_validated', byCustoms, 'fr', settings).text).toContain(
    `Félicitation\u00a0! Votre demande de souscription aux services de la douane N°\u00a0${code} a été bien acceptée.`,
  );
  expect(render('filing_validated', 'fr').text).toContain(
    'Ceci est un message automatique, merci de ne pas répondre.',
  );
});

it('gives each reason by the name of what it is about', () => {
  const { text } = render('filing_incomplete', 'fr');
  expect(text).toContain('- ICE\u00a0: Illisible\n  Page 2 <coupée>');
  expect(text).toContain('- Raison sociale\u00a0: Ne correspond pas aux données');
  expect(text).toContain('- Gérant 2\u00a0: Identifiant\u00a0: Expiré');
  expect(text).toContain('- Utilisateur du GU 1\u00a0: Autre\n  Inconnu');
  expect(text).toContain('- Contact 3\u00a0: Email\u00a0: Ne correspond pas aux données');
  expect(text).toContain('- RIB\u00a0: Ne correspond pas aux données');
  expect(text).toContain('- Mandataire\u00a0: Autre\n  Non signataire');
  expect(text).toContain("- L'ensemble du dossier\u00a0: Autre\n  Dossier à reprendre");
});

it('names what is left out of an update, and why an operation is rejected', () => {
  const accepted = render('customs_request_accepted', 'fr').text;
  expect(accepted).toContain('- Opération\n  Modification de vos données douane\n');
  expect(accepted).toContain(`- N° de la demande\n  ${code}-2\n`.replace('N° ', 'N°\u00a0'));
  expect(accepted).toContain('- Raison sociale\u00a0: Ne correspond pas aux données\n  Page 2 <coupée>');
  expect(accepted).toContain('- Gérant Salma <Bouregreg>\u00a0: Autre\n  Inconnu');
  const rejected = render('customs_request_rejected', 'fr').text;
  expect(rejected).toContain(
    '- Jugement définitif du tribunal ou publication au Bulletin officiel\u00a0: Illisible\n  Page 2 <coupée>',
  );
  expect(rejected).toContain("- L'ensemble de la demande\u00a0: Compte douane annulé");
});

it('tells an agent what changed of their access, and whom to tell', () => {
  const { at } = samples.agent_access_changed;
  const changed = renderEmail('agent_access_changed', { change: 'password', at }, 'fr', settings).text;
  expect(changed).toContain("Le mot de passe de votre accès à l'espace des agents a été modifié");
  const activated = render('agent_access_changed', 'fr').text;
  expect(activated).toContain("Votre accès à l'espace des agents a été activé");
  for (const text of [changed, activated]) expect(text).toContain('un administrateur de votre organisme');
});

it('gives no link to an address that may not know the portal', () => {
  expect(render('cancellation_notice', 'fr').text).not.toContain('https://rnoce.example');
});

it('gives the subscription code of PortNet’s validation, with the way to pay by it', () => {
  const { text } = render('filing_validated', 'fr');
  expect(text).toContain('    K7R2\n');
  expect(text.split('\n')).toContain('https://rnoce.example/paiement/?code=K7R2');
  const preview = { legalName, code, authority: 'portnet', subscriptionCode: null } as const;
  expect(renderEmail('filing_validated', preview, 'fr', settings).text).toContain('    ····\n');
});

it('tells what to pay, how much, until when and where', () => {
  const { text } = render('payment_reference', 'fr');
  expect(text).toContain('    1000300000071\n');
  expect(text).toContain('- Montant à payer\n  1\u202f840,00\u00a0MAD\n');
  expect(text).toContain('- À payer avant le\n  22/11/2025\u00a010:42\n');
  expect(text).toContain('- Où la payer\n  Banque A, Wallet <B>\n');
  expect(render('payment_reference', 'ar').html).toContain('<th scope="row" align="right"');
});

it('puts the link whole on a line of its own', () => {
  expect(render('account_creation', 'ar').text.split('\n')).toContain(`https://rnoce.example${path}`);
});

it.each(locales)(
  'says nothing that a stranger typed to an address that nobody confirmed, in %s',
  (locale) => {
    const typed = { legalName: 'Gagnez 5000 MAD sur www.piege.example', path };
    const { html, text, subject } = renderEmail('account_creation', typed, locale, settings);
    for (const part of [html, text, subject]) expect(part).not.toMatch(/piege|5000/);
  },
);

it.each([
  ['fr', 'Un accès', 'fonctionnent plus', '- Demandé par', "- Lien valable jusqu'au", 'Douane'],
  ['ar', 'يُقترح', 'لم تعد صالحة', '- بطلب من', '- الرابط صالح إلى غاية', 'الجمارك'],
  ['en', 'You are offered', 'no longer work', '- Requested by', '- Link valid until', 'Customs'],
] as const)(
  'tells an agent in %s who asks, for which authority and until when, and a former one what ended',
  (locale, offered, ended, by, until, authority) => {
    const invited = render('agent_invitation', locale);
    const renewed = renewedInvitation(locale);
    expect(invited.text).toContain(offered);
    expect(invited.text).not.toContain(ended);
    expect(renewed.text).toContain(ended);
    expect(renewed.text).not.toContain(offered);
    for (const { text, html } of [invited, renewed]) {
      expect(text).toContain(`${by}\n  Driss <Bouregreg> "Bennani"\n`);
      expect(text).toContain(`${until}\n  22/11/2025\u00a010:42\n`);
      expect(text).toContain(`\n  ${authority}\n`);
      expect(text.split('\n')).toContain(`https://rnoce.example${samples.agent_invitation.path}`);
      expect(html).toContain('<bdi>Salma &lt;Bouregreg&gt; Alaoui</bdi>');
      expect(html).toContain(`href="https://rnoce.example${samples.agent_invitation.path}"`);
    }
  },
);

it('tells the time of Morocco', () => {
  for (const template of ['password_changed', 'agent_access_changed'] as const)
    expect(render(template, 'en').text).toContain('02/08/2023\u00a010:42');
});

it('lets nothing that people type become markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      const tags = (value: string) =>
        (
          renderEmail(
            'filing_incomplete',
            { ...samples.filing_incomplete, legalName: value, reasons: [{ cause: 'other', text: value }] },
            'fr',
            settings,
          ).html.match(/<[^>]*>/g) ?? []
        ).length;
      expect(tags(`a${typed}`)).toBe(tags('a'));
    }),
  );
});
