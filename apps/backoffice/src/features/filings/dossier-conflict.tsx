import { Button } from '@mantine/core';
import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import { itemOf } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useRef } from 'react';
import { useItemLabel } from '../../dossiers/item-label.ts';
import { setAside, type UnkeptRefusals } from '../../dossiers/unkept-refusals.ts';
import { ChangeSentence } from './change-sentence.tsx';
import { differencesOf, type Items, reasonsOf, stateOf, type Verdict } from './verdict-draft.ts';
import type { VerdictStore } from './verdict-store.ts';

/**
 * Who changed the dossier under the agent's verdict, in what the two verdicts differ, and what can be done. Nothing that was judged here is
 * lost meanwhile, and whoever takes the other version keeps the texts they wrote.
 */
export function DossierConflict({
  dossier,
  items,
  verdict,
  store,
  refusals,
}: {
  dossier: Dossier;
  /** Everything to judge, in its order. */
  items: Items;
  verdict: Verdict;
  store: VerdictStore;
  refusals: UnkeptRefusals;
}) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Who is writing goes on writing; the alert is heard all the same.
    if (!(document.activeElement instanceof HTMLTextAreaElement)) box.current?.focus();
  }, []);
  const decided = dossier.status !== 'in_review';
  const takeTheirs = () => {
    const taken = new Set(dossier.verdict.reasons.map((reason) => JSON.stringify(reason)));
    setAside(
      refusals,
      verdict.reasons
        .filter((reason) => !taken.has(JSON.stringify(reason)))
        .map((reason) => ({ item: itemOf(reason), cause: reason.cause, text: reason.text })),
    );
    store.resolve(dossier, 'theirs');
  };
  return (
    <div ref={box} tabIndex={-1} className="backoffice-conflict">
      <Notice
        tone="warning"
        live="assertive"
        title={decided ? t('desk:conflict.decided') : t('desk:conflict.stale')}
      >
        <ChangeSentence dossier={dossier} />
        {decided ? (
          <Kept verdict={verdict} />
        ) : (
          <>
            <Differences items={items} mine={verdict} theirs={dossier.verdict} />
            <div className="backoffice-actions">
              <Button size="sm" onClick={() => store.resolve(dossier, 'mine')}>
                {t('desk:conflict.keep-mine')}
              </Button>
              <Button size="sm" variant="outline" onClick={takeTheirs}>
                {t('desk:conflict.take-theirs')}
              </Button>
            </div>
          </>
        )}
      </Notice>
    </div>
  );
}

/** Item by item, what each of the two verdicts says where they differ. */
function Differences({ items, mine, theirs }: { items: Items; mine: Verdict; theirs: Verdict }) {
  const t = useT();
  const labelOf = useItemLabel();
  const different = differencesOf(items, mine, theirs);
  if (different.length === 0) return null;
  const title = t('desk:conflict.differences', { count: different.length });
  return (
    <details>
      <summary>{title}</summary>
      <table className="backoffice-differences" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('desk:dossier.field')}</th>
            <th scope="col">{t('desk:conflict.mine')}</th>
            <th scope="col">{t('desk:conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {different.map((item) => (
            <tr key={item ?? ''}>
              <th scope="row">{labelOf(item)}</th>
              <td data-label={t('desk:conflict.mine')}>
                <Words verdict={mine} item={item} items={items} />
              </td>
              <td data-label={t('desk:conflict.theirs')}>
                <Words verdict={theirs} item={item} items={items} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What a verdict says of an item: its word, and why when it is refused. */
function Words({ verdict, item, items }: { verdict: Verdict; item: VerdictItem | undefined; items: Items }) {
  const t = useT();
  const reasons = reasonsOf(verdict, item);
  if (reasons.length === 0) return item === undefined ? '–' : t(`desk:item.${stateOf(verdict, item, items)}`);
  return reasons.map(({ cause, text }) => (
    <p key={`${cause} ${text}`}>
      {t('desk:item.refused')} · {t(`reference:cause.${cause}`)} <bdi>{text}</bdi>
    </p>
  ));
}

/** The reasons that were written and never sent, to be read or copied. */
function Kept({ verdict: { reasons } }: { verdict: Verdict }) {
  const t = useT();
  const labelOf = useItemLabel();
  if (reasons.length === 0) return null;
  return (
    <details>
      <summary>{t('desk:conflict.unsent', { count: reasons.length })}</summary>
      <ul>
        {reasons.map((reason) => (
          <li key={`${itemOf(reason) ?? ''} ${reason.cause} ${reason.text}`}>
            {labelOf(itemOf(reason))} · {t(`reference:cause.${reason.cause}`)} <bdi>{reason.text}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
