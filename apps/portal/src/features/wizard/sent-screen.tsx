import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { forgetOwnCopies } from '../../drafts/own-copies.ts';
import { paths } from '../../paths.ts';
import './wizard.css';
import '../../form-sections/form.css';

/** The request has left: its code, what happens next, where to follow it. */
export function SentScreen({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const { id, code, filings, submittedAt } = subscription;
  const attached = filings.length > 0 && filings.every((filing) => filing.attached);
  useEffect(() => forgetOwnCopies(id), [id]);
  const next = attached
    ? (['wizard:sent.attached-next', 'wizard:sent.next-email'] as const)
    : (['wizard:sent.next-email', 'wizard:sent.next-review', 'wizard:sent.next-answer'] as const);
  return (
    <div className="wizard-sent rnoce-card">
      <IconCircleCheck className="wizard-sent-icon" aria-hidden />
      <PageTitle title={t(attached ? 'wizard:sent.attached-title' : 'wizard:sent.title')} />
      <p>{t('wizard:sent.code')}</p>
      <p className="wizard-sent-code">
        <CopyableCode code={code} />
      </p>
      {submittedAt === null ? null : (
        <p className="wizard-empty">
          {t('wizard:sent.at', { at: `\u2066${formatDateTime(submittedAt)}\u2069` })}
        </p>
      )}
      <ul className="wizard-sent-filings">
        {filings.map(({ id: filing, authority, status }) => (
          <li key={filing}>
            {t(`reference:authority.${authority}`)}{' '}
            <StatusBadge tone={status === 'validated' ? 'success' : 'info'}>
              {t(`reference:filing-status.${status}`)}
            </StatusBadge>
          </li>
        ))}
      </ul>
      <h2>{t('wizard:sent.next')}</h2>
      <ol className="wizard-list">
        {next.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
      <div className="wizard-actions">
        <Button component={Link} to={paths.subscriptions}>
          {t('wizard:sent.list')}
        </Button>
        <Button component={Link} to={paths.summary(id)} variant="outline">
          {t('wizard:sent.summary')}
        </Button>
      </div>
    </div>
  );
}
