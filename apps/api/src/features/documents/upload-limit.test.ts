import { expect, it } from 'vitest';
import { documentVersions } from '../../db/schema/documents.ts';
import { makePdf } from '../../integrations/inspection/pdf-samples.ts';
import { testApp } from '../../testing/app.ts';
import { openDraft, operatorBrowser } from '../../testing/subscriptions.ts';
import { upload } from '../../testing/uploads.ts';

it('takes three hundred versions a day for one form, and more the day after', async () => {
  const test = await testApp({ environment: { RATE_LIMITS: 'true' } });
  const browser = await operatorBrowser(test);
  const draft = await openDraft(browser);
  await test.deps.database.insert(documentVersions).values(
    Array.from({ length: 300 }, (_, index) => ({
      subscriptionId: draft.id,
      document: 'ice' as const,
      version: index + 1,
      current: false,
      fileName: 'ice.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 1,
      sha256: '0'.repeat(64),
      storageKey: `documents/${String(index)}`,
      scan: 'not_scanned' as const,
      uploadedAt: test.deps.now(),
    })),
  );
  const give = () => upload(test.app, browser, { id: draft.id, document: 'ice' }, makePdf());
  const refused = await give();
  expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(refused.headers['retry-after']).toBe('3600');
  await test.deps.database.update(documentVersions).set({ uploadedAt: new Date(Date.now() - 90_000_000) });
  expect((await give()).statusCode).toBe(200);
});
