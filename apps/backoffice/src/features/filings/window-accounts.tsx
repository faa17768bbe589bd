import { formatDateTime } from '@rnoce/i18n';
import { may } from '@rnoce/schemas/agent-rights';
import type { Dossier } from '@rnoce/schemas/filings';
import { singleWindowAccountStates } from '@rnoce/schemas/single-window';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { useRef } from 'react';
import { personName } from '../../dossiers/field-value.tsx';
import { useAgent } from '../../session/use-session.ts';
import { RetryAccountsForm } from './retry-accounts-form.tsx';
import './window-accounts.css';

/** The users' accounts that the validation opened at the single window: where each stands, and asking again for those refused. */
export function WindowAccounts({ dossier: { id, singleWindowAccounts: accounts } }: { dossier: Dossier }) {
  const t = useT();
  const agent = useAgent();
  const heading = useRef<HTMLHeadingElement>(null);
  if (accounts.length === 0) return null;
  const refused = accounts.filter(({ status }) => status === 'refused');
  return (
    <section className="rnoce-card" aria-labelledby="window-accounts">
      <h2 ref={heading} id="window-accounts" tabIndex={-1}>
        {t('desk:accounts.title')}
      </h2>
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
                {t('desk:accounts.login')} <bdi className="rnoce-code">{account.login}</bdi>
              </p>
            )}
            {account.status === 'refused' ? (
              <p className="backoffice-account-refusal">
                {account.refusal === null ? (
                  t('desk:accounts.given-up')
                ) : (
                  <>
                    {t('desk:accounts.refusal')} <bdi>{account.refusal || t('desk:accounts.no-refusal')}</bdi>
                  </>
                )}
              </p>
            ) : null}
            {account.status === 'queued' && account.tries > 0 ? (
              <p>{t('desk:accounts.tries', { count: account.tries })}</p>
            ) : null}
          </li>
        ))}
      </ul>
      {refused.length > 0 && agent && may(agent, 'decideFilings') ? (
        <RetryAccountsForm
          key={refused.map(({ email, at }) => `${email} ${at}`).join(' ')}
          id={id}
          refused={refused}
          onAsked={() => heading.current?.focus()}
        />
      ) : null}
    </section>
  );
}
