import {
  type Authority,
  type DocumentContext,
  type DocumentName,
  documentAuthority,
  documentBelongs,
  EntityType,
} from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { notFound } from '../../plugins/problems.ts';
import { subscriptionNotEditable } from '../subscriptions/subscriptions.errors.ts';
import {
  type FormQueries,
  lockSubscription,
  type SubscriptionRecord,
} from '../subscriptions/subscriptions.repository.ts';
import { type FilingState, isEditable, isOpen } from '../subscriptions/subscriptions.states.ts';
import { documentForbidden } from './documents.errors.ts';
import type { DocumentOf } from './documents.repository.ts';

type OwnFiling = FilingState & { readonly authority: Authority };

const contextOf = ({ operatorType, authorities, sections }: SubscriptionRecord): DocumentContext => ({
  operatorType,
  authorities,
  entityType: EntityType.safeParse(sections.company?.entityType).data,
});

/** Whether a document can be changed: its form is open, and what one authority alone asks waits for that one to open it. */
function isChangeable(filings: readonly OwnFiling[], document: DocumentName): boolean {
  const own = filings.find(({ authority }) => authority === documentAuthority(document));
  return own ? isOpen(own) : isEditable(filings);
}

/** A subscription whose form is open for this document. Throws `not_found` and `subscription_not_editable`. */
export async function findOpenSubscription(
  queries: FormQueries,
  { accountId, id, document }: DocumentOf,
): Promise<SubscriptionRecord> {
  const record = await queries.find(accountId, id);
  if (!record) throw notFound();
  if (!isChangeable(record.filings, document)) throw subscriptionNotEditable();
  return record.subscription;
}

/** Refuses, before a single byte of a file is read, what would be refused after all of them. */
export async function assertOpenForm(queries: FormQueries, of: DocumentOf): Promise<void> {
  const subscription = await findOpenSubscription(queries, of);
  if (!documentBelongs(of.document, contextOf(subscription))) throw documentForbidden();
}

/** Locks a subscription whose form is open for this document, until the end of the transaction. */
export async function lockOpenSubscription(
  tx: Transaction,
  { accountId, id, document }: DocumentOf,
): Promise<SubscriptionRecord> {
  const locked = await lockSubscription(tx, accountId, id);
  if (!locked) throw notFound();
  if (!isChangeable(locked.filings, document)) throw subscriptionNotEditable();
  return locked.subscription;
}

/** The same, for a document that the form must have. */
export async function lockOpenForm(tx: Transaction, of: DocumentOf): Promise<void> {
  const subscription = await lockOpenSubscription(tx, of);
  if (!documentBelongs(of.document, contextOf(subscription))) throw documentForbidden();
}
