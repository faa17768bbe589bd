// The pictures of the README, taken from a running instance with its demonstration data:
// `DATA_DIR=.data node e2e/screenshots.ts` writes docs/images/*.png. It leaves a few invented requests in that instance.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BrowserContextOptions, chromium, expect, type Page } from '@playwright/test';
import { formatDate, type Locale } from '@rnoce/i18n';
import { Pool } from 'pg';
import { demoIntegrators } from '../apps/api/src/demo/demo-integrators.ts';
import { makeOperator } from './fixtures/accounts.ts';
import { Desk, makeAgent } from './fixtures/agents.ts';
import { browserLaunchOptions } from './fixtures/browser.ts';
import { ContractStep } from './fixtures/contract-step.ts';
import { freshDate, makeCustomsAccount } from './fixtures/customs-accounts.ts';
import { Drafts } from './fixtures/drafts.ts';
import { anyOf, wordsOf } from './fixtures/messages.ts';
import { OperationScreens, openOperation } from './fixtures/operation-screens.ts';
import { Payer } from './fixtures/payer.ts';
import { soundPdf } from './fixtures/pdf-files.ts';
import { type Company, newCompany, newJointCompany, newManager, newPortnetPart } from './fixtures/people.ts';
import { Portal } from './fixtures/portal.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { currentSite, demoAccounts } from './fixtures/site.ts';
import { Wizard } from './fixtures/wizard.ts';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'images');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const BROWSER_LOCALES = { fr: 'fr-MA', ar: 'ar-MA', en: 'en-GB' } as const;

process.env.E2E_DATA_DIR ??= resolve(process.env.DATA_DIR || '.data');
mkdirSync(FOLDER, { recursive: true });
const site = currentSite();
const sandbox = new Sandbox(site.sandboxUrl);
const database = new Pool({ connectionString: site.databaseUrl, max: 2 });
const browser = await chromium.launch(await browserLaunchOptions());

try {
  await publicPages();
  await privateSpace();
  const draft = await wizard();
  await phone(draft);
  await agents();
  await portnet();
  await operations();
  await payment();
  await integrators();
} finally {
  await browser.close();
  await database.end();
}

async function open(
  locale: Locale,
  viewport: BrowserContextOptions['viewport'] = DESKTOP,
): Promise<{ page: Page; portal: Portal }> {
  const context = await browser.newContext({
    baseURL: site.siteUrl,
    locale: BROWSER_LOCALES[locale],
    timezoneId: 'Africa/Casablanca',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    ...(viewport && { viewport }),
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return { page, portal: new Portal(page, wordsOf(locale)) };
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

async function publicPages(): Promise<void> {
  const { page, portal } = await open('fr');
  await page.goto('/');
  await shoot(page, 'landing');
  await portal.open('/connexion');
  await expect(portal.heading(portal.t('portal:sign-in.title'))).toBeVisible();
  await shoot(page, 'sign-in');
  await page.context().close();
}

async function privateSpace(): Promise<void> {
  const account = demoAccounts(site.dataDir).find(({ role }) => role === 'incomplete');
  if (!account) throw new Error('This instance has no demonstration data.');
  const { page, portal } = await open('fr');
  await portal.signIn(account);
  await portal.open('/demandes');
  await expect(portal.filing()).toBeVisible();
  await shoot(page, 'private-space');
  await page.context().close();
}

type Draft = { id: string; email: string; password: string };

/** A customs broker whom BADR knows: the form is prefilled, and every step has something to show. */
async function wizard(): Promise<Draft> {
  const company = brokerOf('Transit du Détroit SARL', 'Le Détroit');
  await sandbox.registerCompany(company);
  const operator = await makeOperator(
    { site, database },
    { locale: 'fr', email: company.email, legalName: company.legalName },
  );
  const { page, portal } = await open('fr');
  const form = new Wizard(portal);
  await portal.signIn(operator);
  const id = await form.begin(company, 'registered');
  await form.expectSaved();
  await shoot(page, 'wizard-company');
  await form.goTo('documents');
  const given = {
    identity: 'cin-temsamani.pdf',
    operator_category: 'agrement-transitaire.pdf',
    articles: 'statuts.pdf',
  } as const;
  for (const [document, name] of entriesOf(given)) {
    await form.chooseFile(document, await soundPdf(portal.t(`reference:document.${document}`), name));
    await form.expectGiven(document, name);
    await expect(form.slot(document).locator('canvas')).toBeVisible();
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  await shoot(page, 'wizard-documents');
  const rest = {
    trade_register: 'modele-j.pdf',
    power_of_attorney: 'procuration.pdf',
    business_tax: 'taxe-professionnelle.pdf',
    ice: 'attestation-ice.pdf',
    tax_id: 'identifiant-fiscal.pdf',
  } as const;
  const drafts = new Drafts(page.request);
  for (const [document, name] of entriesOf(rest))
    await drafts.upload(id, document, await soundPdf(portal.t(`reference:document.${document}`), name));
  await page.reload();
  await form.goTo('review');
  await shoot(page, 'wizard-review');
  await page.context().close();
  return { id, email: operator.email, password: operator.password };
}

async function phone(draft: Draft): Promise<void> {
  for (const locale of ['fr', 'ar'] as const) {
    const { page, portal } = await open(locale, PHONE);
    await page.goto('/');
    await shoot(page, `phone-landing-${locale}`);
    await portal.open('/connexion');
    await portal.fillSignIn(draft);
    await page.waitForURL(/\/demandes|\/nouvelle-souscription/);
    const language = page.getByRole('button', { name: locale === 'ar' ? 'العربية' : 'Français' });
    if ((await language.getAttribute('aria-pressed')) !== 'true') await language.click();
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await portal.open(`/demandes/${draft.id}/documents`);
    await new Wizard(portal).expectStep('documents');
    await shoot(page, `phone-documents-${locale}`);
    await page.context().close();
  }
}

async function agents(): Promise<void> {
  const others: [string, Partial<Company>][] = [
    ['Comptoir des Oliviers SARL', {}],
    ['Fret Ibn Batouta SARL', { operatorType: 'freight_forwarder' }],
    ['Artisanat du Tafilalet', { operatorType: 'exporter' }],
  ];
  for (const [legalName, changes] of others) await send(newCompany({ legalName, ...changes }));
  const company = brokerOf('Transit Oued Bou SARL', 'Transit Oued Bou');
  // What BADR holds differs in two places.
  await sandbox.registerCompany({
    ...company,
    tradeName: 'Oued Bou Transit',
    address: '2, rue du Port, Tanger',
  });
  const code = await send(company);

  const { page, portal } = await open('fr');
  const desk = new Desk(page, portal.t);
  await desk.signIn(await makeAgent(site));
  await shoot(page, 'agents-queue');
  await page.setViewportSize({ width: 1440, height: 900 });
  await desk.open({ code, legalName: company.legalName });
  await desk.refuse(
    'documents.ice',
    portal.t('reference:document.ice'),
    portal.t('reference:cause.illegible'),
    'La page 1 est floue : numérisez-la à nouveau.',
  );
  await expect(page.locator('canvas').first()).toBeVisible();
  await expect(page.getByText(anyOf(portal.t('common:save-state.saved')))).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, 0));
  await shoot(page, 'agents-dossier');
  await page.context().close();
}

/** A joint request: its contract signed electronically, as the operator sees it, then as PortNet's agent does. */
async function portnet(): Promise<void> {
  const company = newJointCompany({ legalName: 'Épices du Saïss SARL', tradeName: 'Saïss' });
  const operator = await makeOperator(
    { site, database },
    { locale: 'fr', email: company.email, legalName: company.legalName },
  );
  const { page, portal } = await open('fr');
  await portal.signIn(operator);
  const drafts = new Drafts(page.request);
  const { id, code } = await drafts.completeJoint(company, newPortnetPart(), operator.email);
  const issued = await drafts.issueContract(id);
  await portal.open(`/demandes/${id}/contrat`);
  const contract = new ContractStep(new Wizard(portal));
  const signed = await sandbox.sign(issued);
  await contract.give('electronic', signed);
  await contract.expectResult('valid', signed.name);
  await contract.way('electronic').scrollIntoViewIfNeeded();
  await shoot(page, 'wizard-contract');
  await drafts.submit(id);
  await page.context().close();

  const office = await open('fr', { width: 1440, height: 900 });
  const desk = new Desk(office.page, office.portal.t);
  await desk.signIn(await makeAgent(site, { name: 'Karim Sqalli', authority: 'portnet' }));
  await desk.open({ code, legalName: company.legalName });
  await desk.show('contract');
  await expect(office.page.locator('canvas').first()).toBeVisible();
  await office.page.evaluate(() => window.scrollTo(0, 0));
  await shoot(office.page, 'portnet-dossier');
  await office.page.context().close();
}

/** An update of a customs account, as its operator fills it in and as customs' agent reads it: BADR now, before, asked. */
async function operations(): Promise<void> {
  const company = newCompany({ legalName: 'Comptoir du Bouregreg SARL', tradeName: 'Bouregreg' });
  const operator = await makeOperator(
    { site, database },
    { locale: 'fr', email: company.email, legalName: company.legalName },
  );
  await makeCustomsAccount({ database, sandbox }, operator, company);
  const { page, portal } = await open('fr');
  const { t } = portal;
  await portal.signIn(operator);
  const screens = new OperationScreens(portal);
  await screens.begin('update');
  await portal.field(t('reference:company.tradeName')).fill('Comptoir des Deux Mers');
  await portal.field(t('reference:company.phone')).fill('0522 47 01 02');
  await expect(page.getByText(t('operations:change.count', { count: 2 }))).toBeVisible();
  await portal.field(t('reference:company.tradeName')).scrollIntoViewIfNeeded();
  await shoot(page, 'operation-update');
  const wizard = new Wizard(portal);
  await screens.field('tradeRegisterDate').fill(formatDate(freshDate()));
  await wizard.chooseFile('trade_register', await soundPdf('Modèle J', 'modele-j.pdf'));
  await wizard.expectGiven('trade_register', 'modele-j.pdf');
  await screens.send('update');
  const { rows } = await database.query('select reference from customs_requests where account_id = $1', [
    operator.accountId,
  ]);
  await page.context().close();

  const office = await open('fr', { width: 1440, height: 900 });
  const desk = new Desk(office.page, office.portal.t);
  await desk.signIn(await makeAgent(site));
  await openOperation(desk, { reference: rows[0].reference, legalName: company.legalName, type: 'update' });
  await expect(office.page.getByRole('table').first()).toBeVisible();
  await shoot(office.page, 'operation-dossier');
  await office.page.context().close();
}

/** The demonstration's invoices: the list, an order paid at the sandbox, and the finance agents' orders. */
async function payment(): Promise<void> {
  const { page, portal } = await open('fr');
  await new Payer(page, portal.t).results('1206');
  await page.getByRole('checkbox').first().check();
  await shoot(page, 'payment-invoices');
  await page.context().close();

  for (const locale of ['fr', 'ar'] as const) {
    const phone = await open(locale, PHONE);
    await new Payer(phone.page, phone.portal.t).results('1206');
    await phone.page.getByRole('checkbox').first().check();
    await shoot(phone.page, `phone-payment-${locale}`);
    await phone.page.context().close();
  }

  const office = await open('fr');
  const desk = new Desk(office.page, office.portal.t);
  await desk.signIn(await makeAgent(site, { name: 'Samira Lahlou', role: 'finance' }));
  await office.page.goto('/agents/paiements');
  await expect(office.page.getByRole('table')).toBeVisible();
  await shoot(office.page, 'finance-orders');
  await office.page.context().close();
}

/** An issuer's programs as administrators see them: their keys, and where they are told what happens. */
async function integrators(): Promise<void> {
  const { name, key } = demoIntegrators[0] ?? { name: '', key: '' };
  const url = 'https://comptabilite.portnet.example/notifications';
  const headers = { authorization: `Bearer ${key}`, 'idempotency-key': 'screenshots' };
  const office = await open('fr', { width: 1440, height: 1000 });
  const { page } = office;
  await page.request.post('/api/v1/webhook-endpoints', {
    headers,
    data: { url, description: 'Serveur de facturation', events: ['invoice.paid', 'invoice.released'] },
  });
  const desk = new Desk(page, office.portal.t);
  await desk.signIn(await makeAgent(site, { name: 'Driss Bennani', role: 'administrator' }));
  await page.goto('/agents/administration/integrateurs');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('article').filter({ hasText: url })).toBeVisible();
  await shoot(page, 'integrator');
  // Its name leads nowhere: the journal shows a try that failed.
  const { t } = office.portal;
  await desk.button(t('integrators:endpoint.test-name', { url })).first().click();
  await expect(page.getByText(t('integrators:attempt.error.connection'))).toBeVisible();
  await shoot(page, 'webhook-delivery');
  await page.context().close();
}

/** Sends a whole request without the screens; returns its code. */
async function send(company: Company): Promise<string> {
  const operator = await makeOperator(
    { site, database },
    { locale: 'fr', email: company.email, legalName: company.legalName },
  );
  const { page, portal } = await open('fr');
  await portal.signIn(operator);
  const { code } = await new Drafts(page.request).send(company, operator.email);
  await page.context().close();
  return code;
}

function brokerOf(legalName: string, tradeName: string): Company {
  return newCompany({
    operatorType: 'customs_broker',
    legalName,
    tradeName,
    acronym: 'TDD',
    mainActivity: '5229',
    actualActivity: 'Transit en douane',
    address: '2, avenue Mohammed VI, Tanger',
    city: '001511010',
    managers: [newManager({ lastName: 'Temsamani', firstName: 'Salma' })],
  });
}

function entriesOf<K extends string>(record: Readonly<Record<K, string>>): [K, string][] {
  return Object.entries(record) as [K, string][];
}
