import { soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany } from '../../fixtures/people.ts';
import { currentSite } from '../../fixtures/site.ts';
import { expect, test } from '../../fixtures/test.ts';

/** Kills a process of the product as a power cut would; what watches over it starts it again. */
async function kill(name: 'api' | 'worker'): Promise<void> {
  const before = currentSite().processes[name];
  if (!before) throw new Error(`The ${name} does not run.`);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => currentSite().processes[name]).not.toBe(before);
}

test('the API killed while a draft is being saved loses nothing that was typed', async ({
  page,
  portal,
  wizard,
  consoleErrors,
  drafts,
  operator,
}) => {
  consoleErrors.allow(/net::ERR_|status of 50\d/);
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/societe`);
  for (const round of [1, 2]) {
    const saving = page.waitForRequest((request) => request.url().endsWith('/sections/company'));
    await wizard.companyField('legalName').fill(`Tapée au tour ${round}`);
    await saving;
    await kill('api');
    await wizard.companyField('tradeName').fill(`Pendant le redémarrage ${round}`);
    await expect
      .poll(async () => await drafts.read(id).catch(() => undefined), { timeout: 30_000 })
      .toMatchObject({
        sections: {
          company: { legalName: `Tapée au tour ${round}`, tradeName: `Pendant le redémarrage ${round}` },
        },
      });
    await wizard.expectSaved();
  }
});

test('a submission made while the API and the worker are killed is made once, and mailed once', async ({
  page,
  portal,
  wizard,
  t,
  sandbox,
  database,
  consoleErrors,
  drafts,
  operator,
}) => {
  test.slow();
  consoleErrors.allow(/net::ERR_|status of 50\d/);
  await portal.signIn(operator);
  const { id } = await drafts.complete(newCompany(), operator.email);
  await drafts.upload(id, 'ice', await soundPdf('ICE, bis'));
  await portal.open(`/demandes/${id}/envoi`);
  await portal.checkbox(t('wizard:review.accept')).check();
  const dialog = await wizard.beginSubmission();
  const confirm = portal.button(t('wizard:review.submit'), dialog);
  const sending = page.waitForRequest((request) => request.url().endsWith('/submission'));
  await confirm.click();
  await sending;
  await Promise.all([kill('api'), kill('worker')]);
  // Sent before the kill; or told that it was not, and sent again.
  const sent = portal.heading(t('wizard:sent.title'));
  await expect(async () => {
    if (!(await sent.isVisible())) {
      await wizard.beginSubmission();
      await confirm.click({ timeout: 2_000 });
    }
    await expect(sent).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  const subject = t('emails:subscription_received.subject');
  // The worker may have died with the letter in its hands: it is taken up once its heartbeat is missed.
  await sandbox.inbox.lastMailTo(operator.email, { subject, withinMs: 60_000 });
  const { rows } = await database.query(
    `select (select count(*)::int from filing_history h where h.filing_id = f.id and h.event = 'submitted') as sent,
       (select count(*)::int from emails e where e.account_id = f.account_id and e.template = 'subscription_received') as mails
     from filings f where f.subscription_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ sent: 1, mails: 1 }]);
  await wizard.portal.open('/demandes');
  await expect(portal.filing()).toContainText(t('reference:filing-status.in_review'));
});
