import { randomUUID } from 'node:crypto';
import {
  type AccountId,
  type Authority,
  casablancaDate,
  type DocumentName,
  dossierCode,
  type FilingId,
  type OperatorType,
  partOf,
  type SectionsDraft,
} from '@rnoce/schemas';
import { and, eq, isNull } from 'drizzle-orm';
import { documentVersions } from '../db/schema/documents.ts';
import { filings } from '../db/schema/filings.ts';
import { subscriptions } from '../db/schema/subscriptions.ts';
import {
  type FilingActor,
  type FilingMove,
  type FilingRecord,
  moveFiling,
  openFiling,
} from '../features/filings/filings.transitions.ts';
import { storageKey } from '../integrations/storage/storage-key.ts';
import type { TestApp } from './app.ts';
import { makeAccount } from './factories.ts';
import { manager, portnetCompany, portnetSections } from './forms.ts';
import { integratorOf } from './integrators.ts';

let sequence = 0;
/** A number that no other filing of the run has. */
const nextNumber = () => {
  sequence += 1;
  return sequence;
};

/** A complete form of these authorities, as it is sent. */
export const sectionsOf = (
  operatorType: OperatorType,
  authorities: readonly Authority[],
  company: SectionsDraft['company'] = {},
): Partial<SectionsDraft> & Pick<SectionsDraft, 'company' | 'managers'> => ({
  company: {
    entityType: 'legal_person',
    operatorType,
    ice: String(nextNumber()).padStart(15, '0'),
    rcNumber: '30009',
    taxId: '20782890',
    rcCentre: '81',
    legalName: 'Atlas Négoce SARL',
    startDate: '2015-03-02',
    acronym: 'AN',
    tradeName: 'Atlas',
    mainActivity: '0141',
    actualActivity: 'Négoce',
    address: '12, rue des Essais, Casablanca',
    city: '0077',
    origin: 'lease',
    phone: '+212522000000',
    email: 'contact@atlas.example',
    ...(authorities.includes('portnet') ? portnetCompany : {}),
    ...company,
  },
  managers: [{ key: 'manager-1', ...manager }],
  ...portnetSections(operatorType, authorities, 'manager-1'),
});

export interface FilingOptions {
  readonly operatorType?: OperatorType;
  /** The one whose filing is given back: the only one, unless `authorities` names more. */
  readonly authority?: Authority;
  readonly authorities?: readonly Authority[];
  readonly company?: SectionsDraft['company'];
  readonly documents?: readonly DocumentName[];
  readonly account?: { id: AccountId };
  readonly subscription?: Partial<typeof subscriptions.$inferInsert>;
}

/** A subscription with its draft filings, its form and its documents' rows; their files are in no storage. */
export async function draftFiling(
  test: TestApp,
  {
    operatorType = 'importer',
    authority = 'customs',
    authorities = [authority],
    company = {},
    documents = ['identity', 'ice'],
    account,
    subscription = {},
  }: FilingOptions = {},
) {
  const { database, now } = test.deps;
  const { id: accountId } = account ?? (await makeAccount(test));
  const sections = sectionsOf(operatorType, authorities, company);
  const { ice, legalName } = sections.company;
  return await database.transaction(async (tx) => {
    const [made] = await tx
      .insert(subscriptions)
      .values({
        accountId,
        code: dossierCode(casablancaDate(now()), operatorType, nextNumber()),
        authorities: [...authorities],
        purpose: 'registration',
        operatorType,
        identifiers: {
          email: 'contact@atlas.example',
          taxId: '20782890',
          ice: ice ?? '',
          rcNumber: '30009',
          rcCentre: '81',
        },
        registryStatus: 'not_registered',
        sections,
        ...subscription,
      })
      .returning();
    if (!made) throw new Error('no subscription was made');
    const filings: Partial<Record<Authority, FilingId>> = {};
    for (const one of authorities) {
      const opened = await openFiling(tx, {
        subscriptionId: made.id,
        accountId,
        authority: one,
        operatorType,
        ice: ice ?? '',
        legalName: legalName ?? '',
        createdAt: now(),
      });
      filings[one] = opened.id as FilingId;
    }
    const id = filings[authority];
    if (!id) throw new Error(`no filing at ${authority} was made`);
    for (const document of documents) await giveDocument({ database: tx, subscriptionId: made.id, document });
    return { id, filings, subscription: made, accountId, sections };
  });
}

/** A new current version of a document of a form, or of a request, as its upload writes it. */
export async function giveDocument({
  database,
  subscriptionId,
  document,
  customsRequestId,
  ...given
}: {
  database: Pick<TestApp['deps']['database'], 'insert' | 'update'>;
  subscriptionId: string;
  document: DocumentName;
} & Partial<typeof documentVersions.$inferInsert>) {
  const replaced = await database
    .update(documentVersions)
    .set({ current: false })
    .where(
      and(
        eq(documentVersions.subscriptionId, subscriptionId),
        customsRequestId
          ? eq(documentVersions.customsRequestId, customsRequestId)
          : isNull(documentVersions.customsRequestId),
        eq(documentVersions.document, document),
        eq(documentVersions.current, true),
      ),
    )
    .returning({ version: documentVersions.version });
  const [version] = await database
    .insert(documentVersions)
    .values({
      subscriptionId,
      customsRequestId,
      document,
      version: (replaced[0]?.version ?? 0) + 1,
      current: true,
      fileName: `${document}.pdf`,
      mediaType: 'application/pdf',
      sizeBytes: 1000,
      sha256: '0'.repeat(64),
      pages: 1,
      storageKey: storageKey('documents', randomUUID()),
      scan: 'not_scanned',
      ...given,
    })
    .returning();
  if (!version) throw new Error('no version was made');
  return version;
}

/** Moves a filing as its use cases do, without their e-mails. */
export async function move(
  { deps }: TestApp,
  id: FilingId,
  { at = deps.now(), ...given }: Omit<FilingMove, 'filing' | 'at'> & { at?: Date },
) {
  return await deps.database.transaction(async (tx) => {
    const [filing] = await tx.select().from(filings).where(eq(filings.id, id)).for('update');
    if (!filing) throw new Error('no such filing');
    return await moveFiling(tx, deps, { filing, at, ...given });
  });
}

/** A system of customs, where it doesn't matter who decides. */
export async function anySystem(test: TestApp): Promise<FilingActor> {
  const { integratorId } = await integratorOf(test, { kind: 'authority' });
  return { kind: 'integrator', integratorId };
}

/** A subscription whose filings wait for a decision. */
export async function sentFiling(test: TestApp, options: FilingOptions & { at?: Date } = {}) {
  const draft = await draftFiling(test, options);
  const { operatorType } = draft.subscription;
  const moved = new Map<string, FilingRecord>();
  for (const [authority, id] of Object.entries(draft.filings) as [Authority, FilingId][])
    moved.set(
      id,
      await move(test, id, {
        transition: 'submitted',
        actor: { kind: 'operator', accountId: draft.accountId },
        sections: partOf(draft.sections, { operatorType, authorities: [authority] }),
        ...(options.at ? { at: options.at } : {}),
      }),
    );
  const filing = moved.get(draft.id);
  if (!filing) throw new Error('no filing was sent');
  return { ...draft, filing };
}
