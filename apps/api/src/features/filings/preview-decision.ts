import type { DecisionBody, DecisionPreview, FilingId } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { renderEmail } from '../emails/render-email.ts';
import { assertDecisionFits } from './decide-filing.ts';
import { decisionEmail } from './decision-email.ts';
import { assertDecidable } from './filings.errors.ts';
import { readSent } from './filings.presenter.ts';
import { getFilingOf, listHistory, listVersions } from './filings.repository.ts';

/** What the operator will read if this is decided now: made by the same functions as the e-mail itself. Nothing is written. */
export async function previewDecision(
  { database, environment }: Pick<Deps, 'database' | 'environment'>,
  agent: AgentPrincipal,
  id: FilingId,
  decision: DecisionBody,
): Promise<DecisionPreview> {
  const row = await getFilingOf(database, agent.authority, id);
  assertDecidable(row.filing);
  const sent = readSent(
    row.filing,
    await listHistory(database, id),
    await listVersions(database, row.filing),
  );
  await assertDecisionFits(database, row, sent, decision);
  const { locale, email: to } = row.account;
  const { template, data } = decisionEmail(row, decision);
  const { subject, text } = renderEmail(template, data, locale, environment);
  return { to, locale, subject, text };
}
