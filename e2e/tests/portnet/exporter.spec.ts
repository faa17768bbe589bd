import { Desk } from '../../fixtures/agents.ts';
import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newJointCompany, newPortnetPart } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('an exporter has no bank step, and gives the contract signed by hand', async ({
  page,
  portal,
  wizard,
  contract,
  t,
  drafts,
  database,
  operator,
}) => {
  const company = newJointCompany({ operatorType: 'exporter' });
  await portal.signIn(operator);
  const { id } = await drafts.completeJoint(company, newPortnetPart(), operator.email);
  await portal.open(`/demandes/${id}/contacts`);
  await wizard.expectStep('contacts');
  const panel = page.getByRole('navigation', { name: t('common:wizard.steps') });
  await expect(panel.getByRole('link', { name: t('reference:step.contract') })).toBeVisible();
  await expect(panel.getByRole('link', { name: t('reference:step.bankAccount') })).toBeHidden();
  await wizard.goOn('contract');
  await contract.establish();
  const issued = await contract.download();
  // What nobody has signed is told so, in either way.
  await contract.give('handwritten', issued);
  await expect(wizard.slot('contract')).toContainText(t('contracts:reason.no_signature'));
  await expectAccessible(page);
  await contract.give('handwritten', await soundPdf('Contrat signé', 'contrat-cachete.pdf'));
  await contract.expectScan('contrat-cachete.pdf');
  await wizard.goOn('review');
  await expect(page.getByText(t('reference:bankAccount.rib'))).toBeHidden();
  expect(await wizard.submit()).toMatch(/^\d{8}EXP\d{11}$/);
  const { rows } = await database.query(
    `select f.authority, s.sections ? 'bankAccount' as bank, signed.way, signed.findings
     from filings f join subscriptions s on s.id = f.subscription_id
       join contracts c on c.subscription_id = s.id join signed_contracts signed on signed.contract_id = c.id
     where s.id = $1 order by 1`,
    [id],
  );
  const signed = { bank: false, way: 'handwritten', findings: null };
  expect(rows).toEqual([
    { authority: 'customs', ...signed },
    { authority: 'portnet', ...signed },
  ]);
});

test('a message each way: each side is told by e-mail, and sees when the other has read', async ({
  page,
  portal,
  otherBrowser,
  newAgent,
  t,
  drafts,
  sandbox,
  operator,
}) => {
  const company = newJointCompany({ operatorType: 'exporter' });
  await portal.signIn(operator);
  const { code } = await drafts.sendJoint(company, newPortnetPart(), operator.email);
  const agent = await newAgent({ name: 'Reda Amrani', authority: 'portnet' });
  const desk = new Desk((await otherBrowser()).page, t);
  await desk.signIn(agent);
  await desk.open({ code, legalName: company.legalName });
  // Whoever judges holds the dossier, and is told what comes.
  await desk.page.keyboard.press('v');
  await expect(desk.page.getByText(t('desk:queue.held.me'), { exact: true })).toBeVisible();
  const question = 'Qui signe pour la société ?';
  const theirs = desk.page.getByRole('group', {
    name: t('desk:messages.thread', { name: company.legalName }),
  });
  await desk.field(t('thread:write')).fill(question);
  await desk.button(t('thread:send')).click();
  await expect(theirs).toContainText(question);
  await expect(theirs).toContainText(t('thread:sent'));
  await expectAccessible(desk.page);

  const mail = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:message_received.subject'),
  });
  expect(mail.text).toContain(code);
  expect(mail.text).not.toContain(question);
  await portal.open('/demandes');
  const unread = t('common:labelled', {
    label: t('subscriptions:messages.title.portnet'),
    value: t('subscriptions:messages.unread', { count: 1 }),
  });
  await expect(portal.filing('customs')).not.toContainText(t('subscriptions:messages.unread', { count: 1 }));
  await expectAccessible(page);
  await portal.link(unread, portal.filing('portnet')).click();
  const mine = page.getByRole('group', { name: t('subscriptions:messages.title.portnet') });
  await expect(mine).toContainText(question);
  await expectAccessible(page);
  const answer = 'La gérante, Mme Zeroual.';
  await portal.field(t('thread:write'), mine).fill(answer);
  await portal.button(t('thread:send'), mine).click();
  await expect(mine).toContainText(answer);
  await expect(mine).toContainText(t('thread:sent'));
  await expect(
    page.getByRole('group', { name: t('subscriptions:messages.title.customs') }),
  ).not.toContainText(answer);

  const told = await sandbox.inbox.lastMailTo(agent.email, {
    subject: t('emails:message_received_by_agent.subject'),
  });
  expect(told.text).toContain(code);
  await desk.page.reload();
  await theirs.scrollIntoViewIfNeeded();
  await expect(theirs).toContainText(answer);
  await expect(theirs).not.toContainText(t('thread:sent'));
  await expectAccessible(desk.page);
  await expect(async () => {
    await page.reload();
    await expect(mine).toContainText(answer);
    await expect(mine).not.toContainText(t('thread:sent'), { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});
