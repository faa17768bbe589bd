import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

const faults = {
  down: { mode: 'down' },
  slow: { mode: 'slow', delayMs: 20_000 },
  'out of its mind': { mode: 'nonsense', variant: 'html_404' },
} as const;

for (const [name, fault] of Object.entries(faults)) {
  test(`BADR is ${name}: never « non inscrit », the operator goes on, and the answer comes later`, async ({
    page,
    portal,
    wizard,
    t,
    sandbox,
    database,
    operator,
  }) => {
    const company = newCompany();
    await sandbox.registerCompany(company);
    await sandbox.setBadrMode(company.ice, fault);
    await portal.signIn(operator);
    await wizard.chooseCustoms();
    await wizard.verify(company);
    await expect(page.getByText(t('subscriptions:outcome.unavailable'), { exact: true })).toBeVisible();
    await expect(page.getByText(t('subscriptions:outcome.not_registered'))).toBeHidden();
    await expectAccessible(page);
    const id = await wizard.enter();
    await expect(page.getByText(t('wizard:registry.unavailable.title'))).toBeVisible();
    await expect(wizard.companyField('legalName')).toHaveValue('');
    await wizard.companyField('acronym').fill('MOI');
    await wizard.expectSaved();

    await sandbox.setBadrMode(company.ice, { mode: 'normal' });
    // The next try is minutes away: it is made now.
    await expect(async () => {
      await database.query(
        `update jobs.job set start_after = now() where name = 'ask-registry' and state in ('created', 'retry')
           and data->>'subscriptionId' = $1`,
        [id],
      );
      const { rows } = await database.query(
        'select registry_status as status from subscriptions where id = $1',
        [id],
      );
      expect(rows).toEqual([{ status: 'registered' }]);
    }).toPass({ timeout: 40_000 });
    // The page looks by itself, every 20 s.
    await expect(page.getByText(t('wizard:registry.registered.title'))).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await expect(wizard.companyField('legalName')).toHaveValue(company.legalName);
    await expect(wizard.companyField('acronym')).toHaveValue('MOI');
    await expect(page.getByText(t('wizard:registry.unavailable.title'))).toBeHidden();
  });
}
