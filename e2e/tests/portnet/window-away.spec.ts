import { newJointCompany, newPortnetPart, newWindowUser } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('the single window is away at the validation: nothing is stuck, the accounts open once it is back', async ({
  page,
  portal,
  signedInDesk,
  t,
  drafts,
  sandbox,
  database,
  operator,
}) => {
  const company = newJointCompany({ operatorType: 'exporter' });
  const portnet = newPortnetPart({
    singleWindowUsers: [newWindowUser(), newWindowUser({ lastName: 'Tahiri' })],
  });
  await portal.signIn(operator);
  const { id, code } = await drafts.sendJoint(company, portnet, operator.email);
  await sandbox.setSingleWindowMode(company.ice, 'down');
  const desk = await signedInDesk('Reda Amrani', 'decider', 'portnet');
  await desk.open({ code, legalName: company.legalName });
  await desk.validate();
  const good = await sandbox.inbox.lastMailTo(operator.email, {
    subject: t('emails:filing_validated.subject'),
  });
  expect(good.text).toContain(t('emails:filing_validated.portnet', { code }));
  const accountsNow = async () =>
    (
      await database.query(
        `select a.status, a.tries > 0 as tried from single_window_accounts a join filings f on f.id = a.filing_id
         where f.subscription_id = $1`,
        [id],
      )
    ).rows;
  await expect.poll(accountsNow, { timeout: 20_000 }).toEqual([
    { status: 'queued', tried: true },
    { status: 'queued', tried: true },
  ]);
  await portal.open('/demandes');
  const mine = portal.filing('portnet');
  await expect(mine).toContainText(t('reference:filing-status.validated'));
  await expect(mine).toContainText(t('subscriptions:accounts.waiting'));
  await expectAccessible(page);

  await sandbox.setSingleWindowMode(company.ice, 'normal');
  // The next try is minutes away: it is made now.
  await expect(async () => {
    await database.query(
      `update jobs.job set start_after = now() where name = 'open-single-window-account' and state in ('created', 'retry')
         and data->>'accountId' in (select a.id::text from single_window_accounts a join filings f on f.id = a.filing_id
           where f.subscription_id = $1)`,
      [id],
    );
    expect(await accountsNow()).toMatchObject([{ status: 'opened' }, { status: 'opened' }]);
  }).toPass({ timeout: 40_000 });
  await page.reload();
  await expect(mine).toContainText(t('subscriptions:filing.next-accounts.opened'));
  const accounts = await sandbox.windowAccountsOf(company.ice);
  expect(accounts).toHaveLength(portnet.singleWindowUsers.length);
});
