import { badFiles, soundPdf } from '../../fixtures/pdf-files.ts';
import { newCompany } from '../../fixtures/people.ts';
import { expect, expectAccessible, test } from '../../fixtures/test.ts';

test('a refused file says which rule it broke, and the earlier one stays', async ({
  page,
  portal,
  wizard,
  t,
  database,
  drafts,
  operator,
}) => {
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await drafts.upload(id, 'tax_id', await soundPdf('if', 'identifiant-fiscal.pdf'));
  await portal.open(`/demandes/${id}/documents`);
  const refusals = {
    notPdf: 'errors:file.not_pdf',
    script: 'errors:file.script',
    encrypted: 'errors:file.encrypted',
    truncated: 'errors:file.unreadable',
  } as const;
  const slot = wizard.slot('tax_id');
  for (const [file, reason] of Object.entries(refusals)) {
    await wizard.chooseFile('tax_id', await badFiles[file as keyof typeof refusals]());
    await expect(slot.getByRole('alert')).toContainText(t(reason));
    await expect(slot.getByRole('alert')).toContainText(t('common:upload.refused-kept'));
    await expect(slot.getByText('identifiant-fiscal.pdf')).toBeVisible();
    // The same bytes would be refused again; the focus is back where the next file is chosen.
    await expect(portal.button(t('common:action.retry'), slot)).toBeHidden();
    await expect(wizard.chooseButton('tax_id')).toBeFocused();
  }
  await expectAccessible(page);
  const { rows } = await database.query(
    `select file_name as name, version from document_versions where subscription_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ name: 'identifiant-fiscal.pdf', version: 1 }]);
});

test('a document is replaced, seen, downloaded, removed and put back', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/documents`);
  await wizard.chooseFile('ice', await soundPdf('Attestation ICE', 'première.pdf'));
  await wizard.expectGiven('ice', 'première.pdf');
  await wizard.chooseFile('ice', await soundPdf('Attestation ICE, bis', 'deuxième.pdf'));
  await wizard.expectGiven('ice', 'deuxième.pdf');
  const name = t('reference:document.ice');

  await portal.button(t('common:action.preview-name', { name })).click();
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog.getByText(t('common:pdf.page', { page: 1, total: 1 }))).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  const download = page.waitForEvent('download');
  await portal.link(t('common:action.download-name', { name })).click();
  expect((await download).suggestedFilename()).toBe('deuxième.pdf');

  await portal.button(t('common:action.remove-name', { name })).click();
  await expect(wizard.slot('ice').getByText('deuxième.pdf')).toBeHidden();
  await portal.button(t('common:action.undo')).click();
  await wizard.expectGiven('ice', 'deuxième.pdf');
  await page.reload();
  await wizard.expectGiven('ice', 'deuxième.pdf');
});

test('a file that is too heavy is lightened on the spot, once the operator agrees', async ({
  page,
  portal,
  wizard,
  t,
  drafts,
  operator,
}) => {
  await portal.signIn(operator);
  const { id } = await drafts.create(newCompany(), operator.email);
  await portal.open(`/demandes/${id}/documents`);
  await wizard.chooseFile('identity', await badFiles.heavy());
  const slot = wizard.slot('identity');
  await expect(slot.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await portal.button(t('wizard:compress.action'), slot).click();
  await portal.button(t('wizard:compress.accept'), slot).click();
  await wizard.expectGiven('identity', 'trop-lourd.pdf');
  const given = (await drafts.read(id)).documents.find(({ document }) => document === 'identity')?.current;
  expect(given?.sizeBytes).toBeLessThan(3 * 1024 * 1024);
});
