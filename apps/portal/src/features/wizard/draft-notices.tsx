import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import type { Section } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useElementLabel } from '../../subscription-summary/element-label.ts';
import { elementOf } from './section-issues.ts';
import { refreshSubscription } from './server-draft.ts';
import { useWizard } from './wizard-context.ts';

/** What the person must know of the draft itself: changed elsewhere, open elsewhere, taken up again, refused, closed. */
export function DraftNotices({ otherTabs }: { otherTabs: number }) {
  const t = useT();
  const { draft, subscription } = useWizard();
  const { status } = draft;
  const { id } = subscription;

  // Sent or deleted in another place: the screen that follows tells which.
  useEffect(() => {
    if (status === 'closed') void refreshSubscription(id);
  }, [status, id]);

  return (
    <div className="wizard-notices">
      {status === 'conflict' ? <Conflict /> : null}
      {status === 'refused' ? <Refused /> : null}
      {status === 'closed' ? <Closed /> : null}
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

function Conflict() {
  const t = useT();
  const { draft, store } = useWizard();
  const sections = Object.keys(draft.conflicts) as Section[];
  return (
    <Notice tone="danger" title={t('wizard:draft.conflict.title')} live="assertive">
      <p>{t('wizard:draft.conflict.detail')}</p>
      <ul className="wizard-list">
        {sections.map((section) => (
          <li key={section}>{t(`reference:section.${section}`)}</li>
        ))}
      </ul>
      <div className="wizard-actions">
        <Button size="sm" onClick={() => store.resolve('mine')}>
          {t('wizard:draft.conflict.mine')}
        </Button>
        <Button size="sm" variant="outline" onClick={() => store.resolve('theirs')}>
          {t('wizard:draft.conflict.theirs')}
        </Button>
      </div>
    </Notice>
  );
}

function Refused() {
  const sentence = useErrorSentence();
  const labelOf = useElementLabel();
  const { draft } = useWizard();
  const issues = draft.error instanceof ApiError ? draft.error.issues : [];
  return (
    <Notice tone="danger" live="assertive">
      <p>{sentence(draft.error)}</p>
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

function Closed() {
  const t = useT();
  const sentence = useErrorSentence();
  const { draft } = useWizard();
  return (
    <Notice tone="danger" live="assertive">
      <p>{sentence(draft.error)}</p>
      <p>
        <Link to={paths.subscriptions}>{t('wizard:sent.list')}</Link>
      </p>
    </Notice>
  );
}
