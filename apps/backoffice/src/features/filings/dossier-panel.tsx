import { Button } from '@mantine/core';
import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import type { Section } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { SaveState, type SaveStatus } from '@rnoce/ui/save-state';
import { IconGavel, IconMessages } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { GeneralReasons } from '../../dossiers/general-reasons.tsx';
import { documentLabel, fieldOf } from '../../dossiers/item-label.ts';
import { ItemMark } from '../../dossiers/item-verdict.tsx';
import { leadToHeading } from '../../dossiers/lead-to.ts';
import { Due } from '../../lists/due.tsx';
import { messagesHeading } from './dossier-messages.tsx';
import { FilingStatus } from './status.tsx';
import { UnreadMessages } from './unread-messages.tsx';
import type { Judging } from './use-judging.ts';
import { itemsIn, judgedOf, reasonsOf, removeReason } from './verdict-draft.ts';
import type { VerdictStore } from './verdict-store.ts';
import '../../dossiers/dossier-panel.css';

/** The left of the dossier: where it stands, the progress of the verdict, its sections, the decision. */
export function DossierPanel({
  dossier,
  judging,
  store,
  status,
  holding,
  onDecide,
}: {
  dossier: Dossier;
  judging: Judging;
  store: VerdictStore;
  status: SaveStatus;
  /** Who holds the dossier, and the acts on that. */
  holding: ReactNode;
  onDecide: () => void;
}) {
  const t = useT();
  const { items, verdict, editable } = judging;
  const total = items.single.length;
  const judged = judgedOf(verdict, items, items.single);
  const count = verdict.reasons.length;
  return (
    <div className="backoffice-panel">
      <div className="rnoce-card">
        <div className="backoffice-panel-status">
          <FilingStatus filing={dossier} />
          {dossier.status === 'in_review' ? <Due dueAt={dossier.dueAt} /> : null}
        </div>
        {holding}
        {editable ? (
          <>
            <p className="backoffice-progress-words" id="verdict-progress">
              {t('desk:dossier.progress', { judged, total })}
            </p>
            <progress value={judged} max={total} aria-labelledby="verdict-progress" />
            <Button
              fullWidth
              mt="sm"
              data-decide
              variant={judged < total && count === 0 ? 'outline' : 'filled'}
              color={count > 0 ? 'red' : 'teal'}
              leftSection={<IconGavel className="rnoce-icon" aria-hidden />}
              onClick={onDecide}
            >
              {count > 0 ? t('desk:decision.return-action', { count }) : t('desk:decision.validate-action')}
            </Button>
            <SaveState status={status} />
          </>
        ) : null}
        <div className="backoffice-sections backoffice-panel-messages">
          <HeadingLink id={messagesHeading}>
            <IconMessages className="rnoce-icon" aria-hidden />
            <span>{t('desk:messages.title')}</span>
            <UnreadMessages count={dossier.unreadMessages} />
          </HeadingLink>
        </div>
      </div>
      <nav className="rnoce-card backoffice-sections" aria-label={t('desk:dossier.sections')}>
        <h2>{t('reference:section.documents')}</h2>
        <ul>
          {itemsIn(items, 'documents').map((item) => (
            <li key={item}>
              <DocumentLink item={item} dossier={dossier} judging={judging} />
            </li>
          ))}
        </ul>
        <h2>{t('desk:dossier.form')}</h2>
        <ul>
          {items.parts.map(({ part, items: within }) =>
            part === 'documents' ? null : (
              <li key={part}>
                <SectionLink part={part} within={within} judging={judging} />
              </li>
            ),
          )}
        </ul>
      </nav>
      {editable || judging.refusingWhole ? (
        <GeneralReasons
          whole={t('desk:dossier.whole')}
          reasons={reasonsOf(verdict, undefined)}
          editable={editable}
          refusing={judging.refusingWhole}
          unkept={judging.unkept}
          onWrite={judging.write}
          onBegin={judging.beginWholeRefusal}
          onRefuse={judging.refuseWhole}
          onCancel={judging.cancelWholeRefusal}
          onRemove={(reason) => store.change((before) => removeReason(before, reason))}
        />
      ) : null}
    </div>
  );
}

function SectionLink({
  part,
  within,
  judging: { items, verdict, editable },
}: {
  part: Section;
  within: readonly VerdictItem[];
  judging: Judging;
}) {
  const t = useT();
  const single = within.filter((item) => !items.fields.has(item));
  return (
    <HeadingLink id={`section-${part}`}>
      <span>{t(`reference:section.${part}`)}</span>
      {editable ? (
        <bdi className="backoffice-count rnoce-tabular">
          {judgedOf(verdict, items, single)}/{single.length}
        </bdi>
      ) : null}
    </HeadingLink>
  );
}

function HeadingLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        leadToHeading(id);
      }}
    >
      {children}
    </a>
  );
}

function DocumentLink({ item, dossier, judging }: { item: VerdictItem; dossier: Dossier; judging: Judging }) {
  const t = useT();
  const version = dossier.documents.find(({ document }) => `documents.${document}` === item);
  const decided = version?.verdict ?? null;
  return (
    <button
      type="button"
      aria-current={item === judging.document ? 'true' : undefined}
      onClick={() => judging.goTo(item)}
    >
      <ItemMark state={judging.preparing ? judging.stateOf(item) : (decided ?? 'todo')} />
      <span>
        {t(documentLabel(fieldOf(item)))}
        {version && version.version > 1 ? (
          <span className="backoffice-under">{t('desk:document.version', { number: version.version })}</span>
        ) : null}
      </span>
    </button>
  );
}
