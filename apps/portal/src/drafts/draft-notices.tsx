import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { useT } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { elementOf } from '../form-sections/section-issues.ts';
import { paths } from '../paths.ts';
import { useElementLabel } from '../subscription-summary/element-label.ts';
import type { DraftSnapshot, DraftStore, PartOf } from './draft-store.ts';
import '../form-sections/form.css';

interface NoticesProps<P extends object> {
  readonly draft: DraftSnapshot<P>;
  readonly store: DraftStore<P>;
  /** Other tabs of this browser on the same draft. */
  readonly otherTabs: number;
  /** What the screen calls a part of the form. */
  readonly nameOf: (part: PartOf<P>) => string;
  /** It was sent or deleted in another place: what became of it is to be asked. */
  readonly onClosed: () => void;
}

/** What the person must know of the draft itself: changed elsewhere, open elsewhere, taken up again, refused, closed. */
export function DraftNotices<P extends object>({
  draft,
  store,
  otherTabs,
  nameOf,
  onClosed,
}: NoticesProps<P>) {
  const t = useT();
  const { status } = draft;
  const closed = useRef(onClosed);
  useEffect(() => {
    closed.current = onClosed;
  });
  useEffect(() => {
    if (status === 'closed') closed.current();
  }, [status]);

  return (
    <div className="wizard-notices">
      {status === 'conflict' ? (
        <Conflict
          names={(Object.keys(draft.conflicts) as PartOf<P>[]).map(nameOf)}
          onChoose={store.resolve}
        />
      ) : null}
      {status === 'refused' ? <Refused error={draft.error} /> : null}
      {status === 'closed' ? <Closed error={draft.error} /> : null}
      {draft.restored ? (
        <Notice tone="info" live="polite">
          <p>{t('wizard:draft.restored')}</p>
        </Notice>
      ) : null}
      {otherTabs > 0 && status !== 'conflict' ? (
        <Notice tone="warning" title={t('wizard:draft.other-tab.title')} live="polite">
          <p>{t('wizard:draft.other-tab.detail')}</p>
        </Notice>
      ) : null}
    </div>
  );
}

function Conflict({
  names,
  onChoose,
}: {
  names: readonly string[];
  onChoose: (choice: 'mine' | 'theirs') => void;
}) {
  const t = useT();
  return (
    <Notice tone="danger" title={t('wizard:draft.conflict.title')} live="assertive">
      <p>{t('wizard:draft.conflict.detail')}</p>
      <ul className="wizard-list">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <div className="wizard-actions">
        <Button size="sm" onClick={() => onChoose('mine')}>
          {t('wizard:draft.conflict.mine')}
        </Button>
        <Button size="sm" variant="outline" onClick={() => onChoose('theirs')}>
          {t('wizard:draft.conflict.theirs')}
        </Button>
      </div>
    </Notice>
  );
}

function Refused({ error }: { error: unknown }) {
  const sentence = useErrorSentence();
  const labelOf = useElementLabel();
  const issues = error instanceof ApiError ? error.issues : [];
  return (
    <Notice tone="danger" live="assertive">
      <p>{sentence(error)}</p>
      <ul className="wizard-list">
        {issues.map(({ pointer, message }) => (
          <li key={pointer}>
            {labelOf(elementOf(pointer))} — {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Closed({ error }: { error: unknown }) {
  const t = useT();
  const sentence = useErrorSentence();
  return (
    <Notice tone="danger" live="assertive">
      <p>{sentence(error)}</p>
      <p>
        <Link to={paths.subscriptions}>{t('wizard:sent.list')}</Link>
      </p>
    </Notice>
  );
}
