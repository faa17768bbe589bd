import { randomUUID } from 'node:crypto';
import { fixtures } from '@rnoce/sandbox/badr/fixtures';
import type { Authority, DecisionBody, Dossier, FilingId } from '@rnoce/schemas';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { filings } from '../../db/schema/filings.ts';
import { subscriptions } from '../../db/schema/subscriptions.ts';
import { callsOf } from '../../testing/agent-calls.ts';
import { type TestApp, testApp } from '../../testing/app.ts';
import { signedInAgent, signedInOperator } from '../../testing/factories.ts';
import { type FilingOptions, giveDocument, move, sentFiling } from '../../testing/filings.ts';

const both = ['customs', 'portnet'] as const;
const otherOf = { customs: 'portnet', portnet: 'customs' } as const;
const agentNames = { customs: 'Nadia Berrada-Douane', portnet: 'Omar Tazi-Guichet' };

let test: TestApp;
let as: Record<Authority, ReturnType<typeof callsOf>>;
beforeAll(async () => {
  test = await testApp();
  const callsFor = async (authority: Authority) =>
    callsOf(test, await signedInAgent(test, { authority, name: agentNames[authority] }));
  as = { customs: await callsFor('customs'), portnet: await callsFor('portnet') };
});

/** A joint subscription that was sent to both authorities, with a signed contract among its documents. */
async function joint(options: FilingOptions = {}) {
  const sent = await sentFiling(test, {
    authorities: both,
    documents: ['identity', 'ice', 'rib_certificate', 'contract'],
    ...options,
  });
  const ids = sent.filings as Record<Authority, FilingId>;
  const dossier = (authority: Authority) => as[authority].dossierOf(ids[authority]);
  const decide = async (authority: Authority, body: DecisionBody | object) =>
    await as[authority].call('POST', `/filings/${ids[authority]}/decision`, {
      body,
      version: (await dossier(authority)).version,
    });
  return { ...sent, ids, dossier, decide };
}

const returned = (about: object, text = 'À revoir') => ({
  outcome: 'incomplete',
  reasons: [{ about, cause: 'mismatch', text }],
});

/** Every text in a value, wherever it stands. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

const documentsOf = (dossier: Dossier) => dossier.documents.map(({ document }) => document);

describe('what each authority sees of a joint subscription', () => {
  it('is its own part: nothing of the other’s is anywhere in the dossier', async () => {
    const operator = await signedInOperator(test);
    const record = { ...fixtures.atlasNegoce, managers: [...fixtures.atlasNegoce.managers] };
    const { ids, sections, subscription, dossier, decide } = await joint({
      account: operator.account,
      subscription: { registryStatus: 'registered', registryRecord: record },
    });
    for (const authority of both) {
      const path = `/filings/${ids[authority]}`;
      const calls = as[authority];
      const verdict = {
        accepted: [],
        reasons: [{ about: { document: 'ice' }, cause: 'other', text: `brouillon-${authority}` }],
      };
      await calls.call('PUT', `${path}/verdict`, {
        body: verdict,
        version: (await dossier(authority)).version,
      });
      await calls.call('POST', `${path}/messages`, { body: { text: `message-${authority}` } });
    }
    await decide('customs', returned({ document: 'ice' }, 'motif-customs'));
    await decide('portnet', returned({ field: 'singleWindowUsers.0.cin' }, 'motif-portnet'));

    const { company, managers, legalRepresentative, ...people } = sections;
    const shown = { customs: await dossier('customs'), portnet: await dossier('portnet') };
    const declared = new Set([...textsOf(managers), ...textsOf(shown.customs.sections.company)]);
    const portnetOnly = [...textsOf(people), company.cnss ?? '', company.businessTax ?? ''].filter(
      (text) => !declared.has(text),
    );
    expect(portnetOnly.length).toBeGreaterThan(12);
    const secrets = {
      customs: portnetOnly,
      // What BADR holds of people belongs to customs.
      portnet: [
        ...textsOf(fixtures.atlasNegoce.managers),
        fixtures.atlasNegoce.email,
        fixtures.atlasNegoce.phone,
      ].filter((text) => !declared.has(text) && text !== 'cin'),
    };
    for (const authority of both) {
      const other = otherOf[authority];
      const texts = new Set(textsOf(shown[authority]));
      expect(secrets[authority].filter((secret) => texts.has(secret))).toEqual([]);
      expect([...texts].filter((text) => text.includes(`-${other}`))).toEqual([]);
      expect(texts).not.toContain(agentNames[other]);
      expect(texts).not.toContain(ids[other]);
      expect(texts).toContain(`motif-${authority}`);
    }
    expect(documentsOf(shown.customs)).toEqual(['identity', 'ice', 'rib_certificate']);
    expect(documentsOf(shown.portnet)).toContain('contract');
    expect(shown.customs.documentHistory.map(({ document }) => document)).not.toContain('contract');
    expect(shown.customs).toMatchObject({
      contract: null,
      singleWindowAccounts: [],
      sections: { legalRepresentative: null, singleWindowUsers: null, contacts: null, bankAccount: null },
      registry: { record: { managers: [{}] } },
    });
    expect(shown.portnet).toMatchObject({
      sections: { legalRepresentative, bankAccount: sections.bankAccount },
      registry: { record: { managers: null, company: { legalName: fixtures.atlasNegoce.legalName } } },
      registration: null,
    });
    expect(subscription.authorities).toEqual([...both]);
  });

  it('is reached by its own filing alone, whatever is asked', async () => {
    const { ids } = await joint();
    for (const authority of both) {
      const path = `/filings/${ids[otherOf[authority]]}`;
      const { call } = as[authority];
      const version = 2;
      const answers = [
        await call('GET', path),
        await call('GET', `${path}/documents/ice`),
        await call('GET', `${path}/contract`),
        await call('GET', `${path}/messages`),
        await call('POST', `${path}/messages`, { body: { text: 'x' } }),
        await call('PUT', `${path}/holder`),
        await call('DELETE', `${path}/holder`),
        await call('PUT', `${path}/verdict`, { version, body: { accepted: [], reasons: [] } }),
        await call('POST', `${path}/decision-preview`, { body: { outcome: 'validated' } }),
        await call('POST', `${path}/decision`, { version, body: { outcome: 'validated' } }),
        await call('POST', `${path}/account-openings`, { body: {} }),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 404));
    }
    const contract = `/filings/${ids.customs}/documents/contract`;
    expect((await as.customs.call('GET', contract)).statusCode).toBe(404);
  });

  it('stands once in each queue, under the same code, and in each authority’s statistics', async () => {
    const { ids, subscription, decide } = await joint();
    const statistics = async (authority: Authority) => {
      const { weeks, waiting } = (await as[authority].call('GET', '/filings/statistics')).json<{
        weeks: { submitted: number; validated: number }[];
        waiting: { total: number };
      }>();
      return { validated: weeks.at(-1)?.validated ?? 0, waiting: waiting.total };
    };
    for (const authority of both) {
      const queue = await as[authority].call('GET', `/filings?q=${subscription.code}`);
      expect(queue.json()).toMatchObject({ total: 1, items: [{ id: ids[authority] }] });
    }
    const before = { customs: await statistics('customs'), portnet: await statistics('portnet') };
    await decide('portnet', { outcome: 'validated' });
    expect(await statistics('customs')).toEqual(before.customs);
    expect(await statistics('portnet')).toEqual({
      validated: before.portnet.validated + 1,
      waiting: before.portnet.waiting - 1,
    });
  });
});

describe('a verdict on a joint subscription', () => {
  const ofPortnet = [
    'documents.contract',
    'company.cnss',
    'company.businessTax',
    'legalRepresentative.manager',
    'singleWindowUsers.0',
    'singleWindowUsers.0.email',
    'contacts.0',
    'contacts.0.department',
    'bankAccount.rib',
  ];
  const ofBoth = ['documents.ice', 'company.legalName', 'managers.0.idNumber'];

  it.each([...ofPortnet, ...ofBoth])('on %s is given by who asks for it', async (item) => {
    const { ids, dossier } = await joint();
    for (const authority of both) {
      const save = await as[authority].call('PUT', `/filings/${ids[authority]}/verdict`, {
        body: { accepted: [item], reasons: [] },
        version: (await dossier(authority)).version,
      });
      expect(save.statusCode).toBe(authority === 'customs' && ofPortnet.includes(item) ? 422 : 200);
    }
  });

  it.each([
    [{ field: 'singleWindowUsers.1' }],
    [{ field: 'contacts.1.email' }],
    [{ field: 'managers.1.lastName' }],
  ])('is about what the dossier has: %j', async (about) => {
    const { decide } = await joint();
    const answer = await decide('portnet', returned(about));
    expect(answer.statusCode).toBe(422);
  });

  it('of an exporter is not about a bank account', async () => {
    const { decide, dossier } = await joint({ operatorType: 'exporter', documents: ['ice', 'contract'] });
    expect((await dossier('portnet')).sections.bankAccount).toBeNull();
    expect((await decide('portnet', returned({ field: 'bankAccount.rib' }))).statusCode).toBe(422);
  });

  it('is given apart on one document by each authority', async () => {
    const { dossier, decide } = await joint();
    await decide('customs', returned({ document: 'ice' }));
    await decide('portnet', { outcome: 'validated' });
    const wordOn = async (authority: Authority) =>
      (await dossier(authority)).documents.find(({ document }) => document === 'ice')?.verdict;
    expect([await wordOn('customs'), await wordOn('portnet')]).toEqual(['refused', 'accepted']);
  });
});

describe('two filings of one subscription', () => {
  const validated = { outcome: 'validated' };
  const incomplete = returned({ document: 'ice' });
  const outcomes = [validated, incomplete];
  const cases = both.flatMap((first) =>
    outcomes.flatMap((one) => outcomes.map((two) => [first, one, two] as const)),
  );

  it.each(cases)('are decided apart: %s first, %j, then the other, %j', async (first, one, two) => {
    const { ids, dossier, decide } = await joint();
    const second = otherOf[first];
    expect((await decide(first, one)).statusCode).toBe(200);
    expect(await dossier(second)).toMatchObject({ status: 'in_review', reasons: [] });
    expect((await decide(second, two)).statusCode).toBe(200);
    const statusOf = ({ outcome }: { outcome: string }) => outcome;
    expect((await dossier(first)).status).toBe(statusOf(one));
    expect((await dossier(second)).status).toBe(statusOf(two));
    const rows = await test.deps.database
      .select()
      .from(filings)
      .where(eq(filings.subscriptionId, (await dossier(first)).subscriptionId));
    const [portnet] = rows.filter(({ id }) => id === ids.portnet);
    const [customs] = rows.filter(({ id }) => id === ids.customs);
    expect(portnet?.subscriptionCode !== null).toBe(portnet?.status === 'validated');
    expect(customs).toMatchObject({ subscriptionCode: null });
    expect(customs?.registrationStatus).toBe(customs?.status === 'validated' ? 'queued' : null);
    expect(portnet?.registrationStatus).toBeNull();
  });

  it('are decided at once by an agent of each', async () => {
    const { dossier, ids } = await joint();
    const versions = {
      customs: (await dossier('customs')).version,
      portnet: (await dossier('portnet')).version,
    };
    const answers = await Promise.all(
      both.map((authority) =>
        as[authority].call('POST', `/filings/${ids[authority]}/decision`, {
          body: validated,
          version: versions[authority],
          key: randomUUID(),
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  });

  it('after a return of one, the other keeps what was sent to it', async () => {
    const { ids, accountId, subscription, sections, dossier, decide } = await joint();
    const before = await dossier('customs');
    await decide('portnet', returned({ field: 'bankAccount.rib' }));
    const { database } = test.deps;
    const actor = { kind: 'operator', accountId } as const;
    const rectified = { ...sections, company: { ...sections.company, tradeName: 'Autre enseigne' } };
    await move(test, ids.portnet, { transition: 'reopened', actor });
    await database
      .update(subscriptions)
      .set({ sections: rectified })
      .where(eq(subscriptions.id, subscription.id));
    await giveDocument({ database, subscriptionId: subscription.id, document: 'ice' });
    await move(test, ids.portnet, { transition: 'resubmitted', actor, sections: rectified });
    expect(await dossier('customs')).toEqual(before);
    expect((await dossier('portnet')).sections.company?.tradeName).toBe('Autre enseigne');
    expect(
      (await dossier('portnet')).documentHistory.filter(({ document }) => document === 'ice'),
    ).toHaveLength(2);
  });
});
