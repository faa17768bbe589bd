import type { DocumentName, Subscription } from '@rnoce/schemas';
import { asc, eq } from 'drizzle-orm';
import { documentVersions } from '../db/schema/documents.ts';
import type { TestApp } from './app.ts';
import { type OperatorBrowser, openDraft, operatorBrowser } from './subscriptions.ts';
import { upload } from './uploads.ts';

type Form = Pick<Subscription, 'id'>;

/** What tests of a form's documents do, on the app that their `beforeAll` makes. */
export const documentCalls = (test: () => TestApp) => ({
  upload: (
    browser: OperatorBrowser,
    { id }: Form,
    document: DocumentName,
    bytes: Uint8Array,
    given?: Parameters<typeof upload>[4],
  ) => upload(test().app, browser, { id, document }, bytes, given),
  path: ({ id }: Form, document: DocumentName) => `/subscriptions/${id}/documents/${document}`,
  /** In the order in which they were given. */
  versionsOf: ({ id }: Form) =>
    test()
      .deps.database.select()
      .from(documentVersions)
      .where(eq(documentVersions.subscriptionId, id))
      .orderBy(asc(documentVersions.uploadedAt), asc(documentVersions.version)),
  /** Somebody with a draft. */
  drafted: async () => {
    const browser = await operatorBrowser(test());
    return { browser, draft: await openDraft(browser) };
  },
});
