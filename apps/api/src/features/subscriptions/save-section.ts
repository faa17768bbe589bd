import {
  type AccountId,
  type FormContext,
  fixedIdentifiers,
  forbiddenIssues,
  type Issue,
  type Progress,
  registryKeys,
  type SavedSection,
  type Section,
  type SectionsDraft,
  type SubscriptionId,
  sectionRule,
  tidySection,
} from '@rnoce/schemas';
import { and, eq } from 'drizzle-orm';
import { type StoredIdentifiers, subscriptions } from '../../db/schema/subscriptions.ts';
import type { Deps } from '../../deps.ts';
import { invalid, notFound } from '../../plugins/problems.ts';
import { keyItems } from './item-keys.ts';
import { unansweredRegistry } from './registry.policy.ts';
import { stale, subscriptionNotEditable } from './subscriptions.errors.ts';
import { formContext, loadRuleContext, progressOf, savedDocuments } from './subscriptions.form.ts';
import type { FormQueries, FormRecord, SubscriptionRecord } from './subscriptions.repository.ts';
import { isEditable, openTo } from './subscriptions.states.ts';

export interface SaveSection<S extends Section = Section> {
  readonly accountId: AccountId;
  readonly id: SubscriptionId;
  /** The version that the operator has on the screen. */
  readonly version: number;
  readonly section: S;
  readonly data: SectionsDraft[S];
}

/**
 * What the verification step fixed can't be typed again: the operator type, from which the whole form follows, and the identifiers of
 * `fixedIdentifiers`.
 */
function fixedIssues(subscription: SubscriptionRecord, { company }: Partial<SectionsDraft>): Issue[] {
  const issues: Issue[] = [];
  if (!company) return issues;
  if (company.operatorType && company.operatorType !== subscription.operatorType)
    issues.push({ pointer: '/operatorType', code: 'invalid' });
  for (const key of fixedIdentifiers(subscription))
    if (company[key] && company[key] !== subscription.identifiers[key])
      issues.push({ pointer: `/${key}`, code: 'differs_from_registry' });
  return issues;
}

/** What is kept of what was typed; throws when it has what this form must not have. */
function acceptSection(
  subscription: SubscriptionRecord,
  context: FormContext,
  { section, data }: Pick<SaveSection, 'section' | 'data'>,
): Partial<SectionsDraft> {
  const accepted: Partial<SectionsDraft> = { [section]: tidySection(section, context, data) };
  const issues = [...forbiddenIssues(section, context, data), ...fixedIssues(subscription, accepted)];
  if (issues.length > 0) throw invalid(issues);
  const { company } = accepted;
  if (company) return { company: { ...company, operatorType: subscription.operatorType } };
  return keyItems(accepted, subscription.sections);
}

/** What one authority alone asks can't be changed while that one judges it, or after it validated it. */
function assertOpen({ filings }: FormRecord, section: Section): void {
  const { authority } = sectionRule(section);
  const isSent = filings.some((filing) => filing.authority === authority);
  if (!isEditable(filings) || (authority && isSent && !openTo(filings).includes(authority)))
    throw subscriptionNotEditable();
}

/**
 * The identifiers after this save, when they aren't those that BADR was asked with any more. A value that is wrong or missing changes
 * nothing yet: BADR's word stays the one about the last right ones, and the form can't be sent without right ones.
 */
function changedIdentifiers(
  { identifiers }: SubscriptionRecord,
  company: SectionsDraft['company'],
  { issues }: Progress,
): StoredIdentifiers | undefined {
  const wrong = new Set(issues.map(({ pointer }) => pointer));
  const changed = { ...identifiers };
  for (const key of registryKeys) {
    const value = company[key];
    if (!value || wrong.has(`/company/${key}`)) return undefined;
    changed[key] = value;
  }
  return registryKeys.some((key) => changed[key] !== identifiers[key]) ? changed : undefined;
}

interface Saved {
  readonly version: number;
  readonly sections: Partial<SectionsDraft>;
  readonly savedAt: Date;
}

/**
 * Saves identifiers that changed: what BADR said of the others is forgotten, confirmation included, and it is asked again in the
 * background, in the same transaction.
 */
async function saveIdentifiers(
  { database, jobs }: Deps,
  { accountId, id }: SaveSection,
  { version, sections, savedAt }: Saved,
  identifiers: StoredIdentifiers,
): Promise<number | undefined> {
  return await database.transaction(async (tx) => {
    const [saved] = await tx
      .update(subscriptions)
      .set({
        ...unansweredRegistry,
        registryCodeHash: null,
        registryCodeExpiresAt: null,
        identifiers,
        sections,
        savedAt,
        version: version + 1,
      })
      .where(
        and(
          eq(subscriptions.id, id),
          eq(subscriptions.accountId, accountId),
          eq(subscriptions.version, version),
        ),
      )
      .returning({ version: subscriptions.version });
    if (saved) await jobs.send(tx, 'ask-registry', { subscriptionId: id });
    return saved?.version;
  });
}

/** The version that beat this save, for the answer of a lost race. */
async function standingVersion(queries: FormQueries, { accountId, id }: SaveSection): Promise<number> {
  const record = await queries.find(accountId, id);
  if (!record) throw notFound();
  return record.subscription.version;
}

/**
 * Saves one section of a draft: one statement reads, one writes, and the version decides between two tabs. A draft may be wrong or
 * incomplete, which the answer tells; what the form must not have is refused.
 * Throws `not_found`, `subscription_not_editable`, `stale` (with the version that stands) and `validation`.
 */
export async function saveSection(
  deps: Deps,
  queries: FormQueries,
  save: SaveSection,
): Promise<SavedSection> {
  const record = await queries.find(save.accountId, save.id);
  if (!record) throw notFound();
  const { subscription } = record;
  assertOpen(record, save.section);
  if (subscription.version !== save.version) throw stale(subscription.version);

  const rules = await loadRuleContext(deps);
  const context = formContext(subscription, rules);
  const accepted = acceptSection(subscription, context, save);
  const sections = { ...subscription.sections, ...accepted };
  const form = { ...subscription, sections };
  const progress = progressOf(form, savedDocuments(form, record), record.filings, rules);
  const identifiers = accepted.company && changedIdentifiers(subscription, accepted.company, progress);
  const saved = { version: save.version, sections, savedAt: deps.now() };
  const version = identifiers
    ? await saveIdentifiers(deps, save, saved, identifiers)
    : await queries.save(save.accountId, save.id, saved);
  if (version === undefined) throw stale(await standingVersion(queries, save));
  return { version, savedAt: saved.savedAt.toISOString(), progress };
}
