import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { retryAccounts } from '@rnoce/api-client/filings';
import { formatDateTime } from '@rnoce/i18n';
import { may } from '@rnoce/schemas/agent-rights';
import type { Dossier } from '@rnoce/schemas/filings';
import { singleWindowAccountStates } from '@rnoce/schemas/single-window';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { dossierQuery } from '../../api/queries.ts';
import { personName } from '../../dossiers/field-value.tsx';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import './window-accounts.css';

/** The users' accounts that the validation opened at the single window: where each stands, and asking again for those refused. */
export function WindowAccounts({ dossier: { id, singleWindowAccounts: accounts } }: { dossier: Dossier }) {
  const t = useT();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const agent = useAgent();
  const [attempts] = useState(() => createAttempts());
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  if (accounts.length === 0) return null;
  const refused = accounts.filter(({ status }) => status === 'refused');
  const retry = async () => {
    setBusy(true);
    try {
      const idempotencyKey = attempts.keyFor(refused.map(({ email, at }) => [email, at]));
      const { data } = await retryAccounts(client, { params: { id }, idempotencyKey });
      attempts.end();
      queries.setQueryData(dossierQuery(id).queryKey, data);
      // The button goes away: what it acted on keeps the focus.
      heading.current?.focus();
      notify(t('backoffice:accounts.retried', { count: refused.length }), 'success');
    } catch (error) {
      attempts.end(error);
      // A colleague asked a moment ago: what is shown then says so.
      if (!(error instanceof ApiError && error.code === 'accounts_not_refused'))
        notify(sentence(error), 'warning');
      await queries.invalidateQueries(dossierQuery(id));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="rnoce-card" aria-labelledby="window-accounts">
      <div className="backoffice-section-head">
        <h2 ref={heading} id="window-accounts" tabIndex={-1}>
          {t('backoffice:accounts.title')}
        </h2>
        {refused.length > 0 && agent && may(agent, 'decideFilings') ? (
          <Button
            size="sm"
            variant="outline"
            loading={busy}
            leftSection={<IconRefresh className="rnoce-icon" aria-hidden />}
            onClick={() => void retry()}
          >
            {t('backoffice:accounts.retry', { count: refused.length })}
          </Button>
        ) : null}
      </div>
      <ul className="backoffice-accounts">
        {accounts.map((account) => (
          <li key={account.email}>
            <span>
              <strong>
                <bdi>{personName(account)}</bdi>
              </strong>
              <bdi className="rnoce-code">{account.email}</bdi>
            </span>
            <span>
              <StatusBadge tone={singleWindowAccountStates[account.status].tone}>
                {t(`reference:singleWindowAccount.${account.status}`)}
              </StatusBadge>
              <bdi className="rnoce-tabular backoffice-under">{formatDateTime(account.at)}</bdi>
            </span>
            {account.login === null ? null : (
              <p>
                {t('backoffice:accounts.login')} <bdi className="rnoce-code">{account.login}</bdi>
              </p>
            )}
            {account.status === 'refused' ? (
              <p className="backoffice-account-refusal">
                {t('backoffice:accounts.refusal')}{' '}
                <bdi>{account.refusal ?? t('backoffice:accounts.no-refusal')}</bdi>
              </p>
            ) : null}
            {account.status === 'queued' && account.tries > 0 ? (
              <p>{t('backoffice:accounts.tries', { count: account.tries })}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
