import { type DocumentContext, documentBelongs, EntityType } from '@rnoce/schemas';
import type { Transaction } from '../../db/database.ts';
import { notFound } from '../../plugins/problems.ts';
import { subscriptionNotEditable } from '../subscriptions/subscriptions.errors.ts';
import {
  type FormQueries,
  lockSubscription,
  type SubscriptionRecord,
} from '../subscriptions/subscriptions.repository.ts';
import { isEditable } from '../subscriptions/subscriptions.states.ts';
import { documentForbidden } from './documents.errors.ts';
import type { DocumentOf } from './documents.repository.ts';

const contextOf = ({ operatorType, authorities, sections }: SubscriptionRecord): DocumentContext => ({
  operatorType,
  authorities,
  entityType: EntityType.safeParse(sections.company?.entityType).data,
});

/** Refuses, before a single byte of a file is read, what would be refused after all of them. */
export async function assertOpenForm(
  queries: FormQueries,
  { accountId, id, document }: DocumentOf,
): Promise<void> {
  const record = await queries.find(accountId, id);
  if (!record) throw notFound();
  if (!isEditable(record.filings)) throw subscriptionNotEditable();
  if (!documentBelongs(document, contextOf(record.subscription))) throw documentForbidden();
}

/** Locks a subscription whose form is open, until the end of the transaction. */
export async function lockOpenSubscription(
  tx: Transaction,
  { accountId, id }: Pick<DocumentOf, 'accountId' | 'id'>,
): Promise<SubscriptionRecord> {
  const locked = await lockSubscription(tx, accountId, id);
  if (!locked) throw notFound();
  if (!isEditable(locked.filings)) throw subscriptionNotEditable();
  return locked.subscription;
}

/** The same, for a document that the form must have. */
export async function lockOpenForm(tx: Transaction, of: DocumentOf): Promise<void> {
  const subscription = await lockOpenSubscription(tx, of);
  if (!documentBelongs(of.document, contextOf(subscription))) throw documentForbidden();
}
