import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentAccesses, documentVersions } from '../../db/schema/documents.ts';
import { callsOf, refusal } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { giveDocument, move, sentFiling } from '../../testing/filings.ts';
import { storeBytes } from '../../testing/stored-documents.ts';

let test: TestApp;
let customs: Awaited<ReturnType<typeof signedInAgent>>;
let call: ReturnType<typeof callsOf>['call'];
let dossierOf: ReturnType<typeof callsOf>['dossierOf'];

beforeAll(async () => {
  test = await testApp();
  customs = await signedInAgent(test, { name: 'Nadia Berrada' });
  ({ call, dossierOf } = callsOf(test, customs));
});

describe('the documents', () => {
  const bytesOf = (text: string) => Buffer.from(`%PDF-1.7 ${text}`);
  const versionsOf = async (subscriptionId: string) =>
    test.deps.database
      .select()
      .from(documentVersions)
      .where(eq(documentVersions.subscriptionId, subscriptionId))
      .orderBy(documentVersions.version);

  it('are shown as they were sent, safely, and each reading is recorded', async () => {
    const { id, subscription, accountId, sections } = await sentFiling(test, { documents: ['ice'] });
    const [first] = await versionsOf(subscription.id);
    if (!first) throw new Error('no document was made');
    await storeBytes(test, first, bytesOf('first'));
    await call('POST', `/filings/${id}/decision`, { body: refusal, version: (await dossierOf(id)).version });
    const { database } = test.deps;
    const second = await giveDocument({ database, subscriptionId: subscription.id, document: 'ice' });
    await storeBytes(test, second, bytesOf('second'));
    // What was given again isn't sent yet.
    const read = (query = '') => call('GET', `/filings/${id}/documents/ice${query}`);
    expect((await read()).body).toBe('%PDF-1.7 first');
    expect((await read(`?version=${second.id}`)).statusCode).toBe(404);
    const actor = { kind: 'operator', accountId } as const;
    await move(test, id, { transition: 'reopened', actor });
    await move(test, id, { transition: 'resubmitted', actor, sections });
    const answer = await read();
    expect(answer.body).toBe('%PDF-1.7 second');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('inline') as unknown,
      'content-security-policy': expect.stringContaining('sandbox') as unknown,
    });
    const earlier = await read(`?version=${first.id}&disposition=attachment`);
    expect(earlier.body).toBe('%PDF-1.7 first');
    expect(earlier.headers['content-disposition']).toContain('attachment');
    expect((await call('GET', `/filings/${id}/documents/identity`)).statusCode).toBe(404);
    const other404 = await call('GET', `/filings/${id}/documents/identity?version=${first.id}`);
    expect(other404.statusCode).toBe(404);
    const accesses = await database.select().from(documentAccesses).where(eq(documentAccesses.filingId, id));
    expect(accesses.map(({ documentVersionId, agentId }) => [documentVersionId, agentId])).toEqual([
      [first.id, customs.agent.id],
      [second.id, customs.agent.id],
      [first.id, customs.agent.id],
    ]);
  });

  it.each(['quarantined', 'infected'] as const)('are never shown while %s', async (scan) => {
    const { id, subscription } = await sentFiling(test, { documents: ['ice'] });
    const { database } = test.deps;
    await database
      .update(documentVersions)
      .set({ scan })
      .where(eq(documentVersions.subscriptionId, subscription.id));
    const answer = await call('GET', `/filings/${id}/documents/ice`);
    expect(answer.json()).toMatchObject({ status: 409, code: 'document_quarantined' });
    const accesses = await database.select().from(documentAccesses).where(eq(documentAccesses.filingId, id));
    expect(accesses).toEqual([]);
  });
});
