import type { FilingId, Issue, VerdictDraft } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import type { AgentPrincipal } from '../../plugins/principal.ts';
import { invalid } from '../../plugins/problems.ts';
import { assertDecidable, assertUnchanged } from './filings.errors.ts';
import { readSent } from './filings.presenter.ts';
import { changeFiling, listHistory, listVersions, lockFiling } from './filings.repository.ts';
import { takeFiling } from './hold-filing.ts';
import { reasonIssues, verdictItems } from './verdict.rules.ts';

/**
 * Keeps a verdict in preparation; nothing is decided and the operator sees nothing. Who writes it holds the dossier.
 * Throws `stale` when the dossier changed since the agent read it, `validation` on an item that it doesn't have.
 */
export async function saveVerdict(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  agent: AgentPrincipal,
  id: FilingId,
  seen: number,
  verdict: VerdictDraft,
): Promise<number> {
  return await database.transaction(async (tx) => {
    const filing = await lockFiling(tx, agent.authority, id);
    assertDecidable(filing);
    assertUnchanged(filing, seen);
    const sent = readSent(filing, await listHistory(tx, id), await listVersions(tx, filing));
    const items = verdictItems(filing, sent);
    const unknown = verdict.accepted.flatMap((item, index): Issue[] =>
      items.has(item) ? [] : [{ pointer: `/accepted/${String(index)}`, code: 'not_in_list' }],
    );
    const issues = [...unknown, ...reasonIssues(verdict.reasons, items)];
    if (issues.length > 0) throw invalid(issues);
    return await changeFiling(tx, filing, { verdict, ...(await takeFiling(tx, filing, agent, now())) });
  });
}
