import type { Locator } from '@playwright/test';
import { controlKey } from '@rnoce/schemas/identifiers';
import type { Pool } from 'pg';
import { makeInvoices } from '../../fixtures/invoices.ts';
import { Payer } from '../../fixtures/payer.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newJointCompany, newPortnetPart, newWindowUser } from '../../fixtures/people.ts';
import { expect, expectAccessible, expectAccessibleInArabic, test } from '../../fixtures/test.ts';

const BOTH = ['customs', 'portnet'] as const;

/** As a bank's paper prints it. */
const spaced = (rib: string): string =>
  [rib.slice(0, 3), rib.slice(3, 6), rib.slice(6, 22), rib.slice(22)].join(' ');

/** The RIB with another key than its own. */
function withWrongKey(rib: string): string {
  const account = rib.slice(0, 22);
  return `${account}${controlKey(account) === '01' ? '02' : '01'}`;
}

const filingsOf = async (database: Pool, id: string): Promise<object> =>
  Object.fromEntries(
    (
      await database.query<{ authority: string; status: string; submissions: number }>(
        'select authority, status, submissions from filings where subscription_id = $1',
        [id],
      )
    ).rows.map(({ authority, status, submissions }) => [authority, { status, submissions }]),
  );

test('an importer asks both authorities: every step of PortNet, to a contract signed by key and the submission', async ({
  page,
  portal,
  wizard,
  contract,
  t,
  sandbox,
  database,
  operator,
}) => {
  test.slow();
  const company = newJointCompany();
  const [manager] = company.managers;
  const {
    singleWindowUsers: users,
    contacts,
    bankAccount,
  } = newPortnetPart({
    singleWindowUsers: [
      newWindowUser({ lastName: manager.lastName, firstName: manager.firstName }),
      newWindowUser(),
    ],
  });
  await portal.signIn(operator);
  await wizard.chooseBoth();
  await wizard.verify(company);
  await expect(page.getByText(t('subscriptions:outcome.not_registered'))).toBeVisible();
  const id = await wizard.enter();
  await wizard.fillCompany(company);
  await wizard.goOn('managers');
  await wizard.fillManager(manager);

  await wizard.goOn('legalRepresentative');
  // There is but one manager.
  await expect(page.getByRole('radio', { name: `${manager.firstName} ${manager.lastName}` })).toBeChecked();
  await wizard.expectSaved();
  await expectAccessible(page);
  await wizard.goOn('documents');
  const documents = await wizard.uploadDocuments(company, BOTH);
  expect(documents).toContain('rib_certificate');

  await wizard.goOn('singleWindowUsers');
  const [first, second] = users;
  await wizard.takeOver(manager);
  const email = portal.field(t('reference:singleWindowUser.email'));
  await expect(email).toBeFocused();
  await email.fill(first.email);
  await expect(portal.field(t('reference:singleWindowUser.cin'))).toHaveValue(manager.idNumber);
  if (second) await wizard.fill('singleWindowUsers', second, await wizard.addCard('singleWindowUsers'));
  await expectAccessible(page);

  await wizard.goOn('contacts');
  const [contact] = contacts;
  await wizard.fill('contacts', contact);
  await expectAccessible(page);

  await wizard.goOn('bankAccount');
  await wizard.fill('bankAccount', { ...bankAccount, rib: spaced(withWrongKey(bankAccount.rib)) });
  const rib = portal.field(t('reference:bankAccount.rib'));
  await portal.field(t('reference:bankAccount.branchAddress')).focus();
  await expect(rib).toHaveAccessibleDescription(new RegExp(t('errors:warning.rib_key')));
  await expectAccessible(page);
  // A doubt blocks nothing, and is told once more before the form is sent.
  await wizard.goTo('review');
  await expect(page.getByRole('main')).toContainText(t('errors:warning.rib_key'));
  await expect(page.getByRole('main')).toContainText(t('common:wizard.missing-documents', { count: 1 }));
  await wizard.goTo('bankAccount');
  await rib.fill(spaced(bankAccount.rib));
  await portal.field(t('reference:bankAccount.branchAddress')).focus();
  await expect(rib).not.toHaveAccessibleDescription(new RegExp(t('errors:warning.rib_key')));
  await wizard.expectSaved();

  await wizard.goOn('contract');
  await expectAccessible(page);
  await contract.establish();
  await expectAccessible(page);
  const signed = await sandbox.sign(await contract.download());
  await contract.give('electronic', signed);
  await contract.expectResult('valid', signed.name);
  await expectAccessible(page);

  await wizard.goOn('review');
  for (const told of [second?.email ?? '', contact.email, bankAccount.branchAddress])
    await expect(page.getByRole('main')).toContainText(told);
  await expectAccessible(page);
  const code = await wizard.submit();
  await expectAccessible(page);

  expect(await filingsOf(database, id)).toEqual({
    customs: { status: 'in_review', submissions: 1 },
    portnet: { status: 'in_review', submissions: 1 },
  });
  const { rows } = await database.query(
    `select s.sections->'bankAccount'->>'rib' as rib, s.sections->'singleWindowUsers'->1->>'email' as email,
       signed.way, signed.findings->>'outcome' as outcome
     from subscriptions s join contracts c on c.subscription_id = s.id
       join signed_contracts signed on signed.contract_id = c.id
     where s.id = $1 and s.code = $2`,
    [id, code],
  );
  expect(rows).toEqual([{ rib: bankAccount.rib, email: second?.email, way: 'electronic', outcome: 'valid' }]);
  await portal.open('/demandes');
  for (const authority of BOTH) {
    await expect(portal.filing(authority)).toContainText(t('reference:filing-status.in_review'));
    await expect(portal.filing(authority)).toContainText(code);
  }
  await expectAccessible(page);
  // Both exist: nothing is left to choose, and a sentence says why.
  await portal.open('/nouvelle-souscription');
  await expect(page.getByText(t('subscriptions:authorities.all-filed'))).toBeVisible();
  await expectAccessible(page);
});

test('customs validate while PortNet sends back; a changed user voids the contract; accounts open, one after a refusal', async ({
  page,
  portal,
  wizard,
  contract,
  signedInDesk,
  t,
  sandbox,
  database,
  drafts,
  operator,
}) => {
  test.slow();
  const company = newJointCompany();
  const { legalName, ice } = company;
  const users = [newWindowUser({ lastName: 'Alami' }), newWindowUser({ lastName: 'Berrada' })] as const;
  await portal.signIn(operator);
  const { id } = await drafts.completeJoint(
    company,
    newPortnetPart({ singleWindowUsers: [...users] }),
    operator.email,
  );
  await drafts.giveContract(id, 'electronic', await sandbox.sign(await drafts.issueContract(id)));
  const { code } = await drafts.submit(id);

  const customs = await signedInDesk('Nadia El Fassi');
  await customs.open({ code, legalName });
  await expect(
    customs.page.getByRole('heading', { name: t('reference:section.singleWindowUsers') }),
  ).toBeHidden();
  const portnet = await signedInDesk('Reda Amrani', 'decider', 'portnet');
  await portnet.open({ code, legalName });
  await expect(
    portnet.page.getByRole('heading', { name: t('reference:section.singleWindowUsers') }),
  ).toBeVisible();
  await portnet.show('contract');
  await expect(portnet.page.getByText(t('contracts:outcome.valid'))).toBeVisible();
  await expectAccessible(portnet.page);
  await portnet.refuse(
    'documents.rib_certificate',
    t('reference:document.rib_certificate'),
    t('reference:cause.illegible'),
    'Le RIB est coupé.',
  );
  const secondUser = t('desk:dossier.item.singleWindowUsers', { number: 2 });
  await portnet.refuse(
    'singleWindowUsers.1',
    secondUser,
    t('reference:cause.mismatch'),
    'Autre nom sur la carte.',
  );
  await customs.validate();
  const dialog = await portnet.beginDecision(
    t('desk:decision.return-action', { count: 2 }),
    t('desk:decision.return-title'),
  );
  await expect(dialog).toContainText('Autre nom sur la carte.');
  await expectAccessible(portnet.page);
  await portnet.confirmDecision(dialog, t('desk:decision.return-confirm'));

  await portal.open('/demandes');
  await expect(portal.filing('customs')).toContainText(t('reference:filing-status.validated'));
  await expect(portal.filing('customs')).not.toContainText('Le RIB est coupé.');
  await expect(portal.filing('portnet')).toContainText(t('reference:filing-status.incomplete'));
  for (const text of ['Le RIB est coupé.', 'Autre nom sur la carte.'])
    await expect(portal.filing('portnet')).toContainText(text);
  await expectAccessible(page);

  await portal.button(t('subscriptions:filing.rectify.portnet')).click();
  await wizard.expectStep('documents');
  await expect(wizard.slot('rib_certificate')).toContainText(t('wizard:document.refused'));
  await wizard.chooseFile('rib_certificate', await soundPdf('RIB lisible', 'rib-lisible.pdf'));
  await wizard.expectGiven('rib_certificate', 'rib-lisible.pdf');
  await wizard.goTo('singleWindowUsers');
  const card = wizard.card(`${users[1].firstName} ${users[1].lastName}`);
  await expect(card).toContainText(t('wizard:item.refused'));
  await openCard(card);
  await expectAccessible(page);
  await wizard.fillField('singleWindowUsers', 'lastName', 'Berrada Sqalli', card);
  const third = newWindowUser({ lastName: 'Chraibi' });
  await wizard.fill('singleWindowUsers', third, await wizard.addCard('singleWindowUsers'));
  await wizard.expectSaved();

  // All is corrected, and the correction leaves the contract to be made again.
  await expect(page.getByText(t('wizard:refusal.all-changed'), { exact: true })).toBeVisible();
  await expect(page.getByText(t('wizard:refusal.all-changed-lacking'))).toBeVisible();
  await wizard.goTo('contract');
  await expect(page.getByText(t('wizard:contract.void.title'))).toBeVisible();
  await expect(page.getByText(t('wizard:contract.void.signed'))).toBeVisible();
  await expectAccessible(page);
  await contract.establish('establish-again');
  await expect(page.getByText(t('wizard:contract.outdated.detail'))).toBeVisible();
  await contract.give('handwritten', await soundPdf('Contrat signé à la main', 'contrat-scan.pdf'));
  await contract.expectScan('contrat-scan.pdf');
  await expectAccessible(page);
  await expectAccessibleInArabic(page);
  await wizard.goTo('review');
  expect(await wizard.submit()).toBe(code);
  expect(await filingsOf(database, id)).toEqual({
    customs: { status: 'validated', submissions: 1 },
    portnet: { status: 'in_review', submissions: 2 },
  });

  await sandbox.refuseWindowAccount(third.email, true);
  await portnet.open({ code, legalName });
  await portnet.show('contract');
  await expect(portnet.page.getByText(t('desk:contract.by-eye'))).toBeVisible();
  await portnet.validate();
  const opened = t('reference:singleWindowAccount.opened');
  const refused = t('reference:singleWindowAccount.refused');
  const people = [users[0], { ...users[1], lastName: 'Berrada Sqalli' }, third];
  const statesIn = async (place: Locator) =>
    await Promise.all(
      people.map(async ({ email }) => {
        const row = await place.getByRole('listitem').filter({ hasText: email }).innerText();
        return [opened, refused].find((word) => row.includes(word));
      }),
    );
  const desk = portnet.page.getByRole('region', { name: t('desk:accounts.title') });
  await expect(async () => {
    await portnet.open({ code, legalName });
    await expect(desk).toBeVisible();
    expect(await statesIn(desk)).toEqual([opened, opened, refused]);
  }).toPass({ timeout: 30_000 });
  await expectAccessible(portnet.page);
  await expectAccessibleInArabic(portnet.page);

  await portal.open('/demandes');
  const mine = portal.filing('portnet');
  await expect(mine).toContainText(t('reference:filing-status.validated'));
  await expect(mine.getByText(refused)).toBeVisible();
  expect(await statesIn(mine)).toEqual([opened, opened, refused]);
  await expectAccessible(page);
  await expectAccessibleInArabic(page);

  // The single window doesn't want this address: the agent gives the one that the operator told.
  third.email = `nouvelle-${third.email}`;
  const name = `${third.firstName} ${third.lastName}`;
  await desk.getByLabel(t('desk:accounts.address', { name })).fill(third.email);
  await portnet.button(t('desk:accounts.retry', { count: 1 })).click();
  await expect(portnet.page.getByText(t('desk:accounts.retried', { count: 1 }))).toBeVisible();
  for (const { email, firstName, lastName } of people) {
    const mail = await sandbox.inbox.lastMailTo(email, {
      subject: t('emails:single_window_account_opened.subject'),
    });
    expect(mail.text).toContain(`${firstName} ${lastName}`);
    expect(mail.text).toContain(legalName);
  }
  const { rows } = await database.query(
    `select f.subscription_code as code, (select array_agg(a.status) from single_window_accounts a where a.filing_id = f.id) as states,
       (select count(*)::int from subscription_codes s where s.code = f.subscription_code and s.ice = $2) as codes,
       (select count(*)::int from filing_history h where h.filing_id = f.id and h.event = 'accounts_opened') as told
     from filings f where f.subscription_id = $1 and f.authority = 'portnet'`,
    [id, ice],
  );
  expect(rows).toMatchObject([{ states: ['opened', 'opened', 'opened'], codes: 1, told: 1 }]);
  const { code: subscriptionCode } = rows[0] as { code: string };
  const accounts = await sandbox.windowAccountsOf(ice);
  expect(accounts.map(({ opening }) => opening.user.email).toSorted()).toEqual(
    people.map(({ email }) => email).toSorted(),
  );
  expect(new Set(accounts.map(({ opening }) => opening.subscriptionCode))).toEqual(
    new Set([subscriptionCode]),
  );

  const { invoices } = await makeInvoices(database, [{}], subscriptionCode);
  await portal.open('/demandes');
  await expect(mine).toContainText(subscriptionCode);
  await expect(mine).toContainText(t('subscriptions:filing.next-accounts.opened'));
  await expectAccessible(page);
  await portal.link(t('subscriptions:code.pay'), mine).click();
  const payer = new Payer(page, t);
  await expect(payer.heading('checkout:results.title')).toBeVisible();
  await expect(payer.box(invoices[0].number)).toBeVisible();
});

async function openCard(card: Locator): Promise<void> {
  const toggle = card.getByRole('button').first();
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
}
