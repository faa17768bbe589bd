import { Title } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import { type SingleWindowAccount, singleWindowAccountStates } from '@rnoce/schemas/single-window';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { useId } from 'react';
import './account-list.css';

/** The single window's accounts of a filing's users: who has theirs, who waits, who was refused and what happens next. */
export function AccountList({
  accounts,
  level,
}: {
  accounts: readonly SingleWindowAccount[];
  /** Of the heading; undefined where another heading says it. */
  level?: 3 | 4;
}) {
  const t = useT();
  const id = useId();
  if (accounts.length === 0) return null;
  const some = (wanted: SingleWindowAccount['status']) => accounts.some(({ status }) => status === wanted);
  return (
    <div className="portal-accounts">
      {level === undefined ? null : (
        <Title order={level} id={id}>
          {t('subscriptions:accounts.title')}
        </Title>
      )}
      <ul aria-labelledby={level === undefined ? undefined : id}>
        {accounts.map((account) => (
          <li key={account.email}>
            <div>
              <strong>
                <bdi>
                  {account.firstName} {account.lastName}
                </bdi>
              </strong>
              <bdi className="rnoce-hint">{account.email}</bdi>
              {account.login === null ? null : (
                <span className="rnoce-hint">
                  {t('subscriptions:accounts.login', { login: `\u2066${account.login}\u2069` })}
                </span>
              )}
            </div>
            <div>
              <StatusBadge tone={singleWindowAccountStates[account.status].tone}>
                {t(`reference:singleWindowAccount.${account.status}`)}
              </StatusBadge>
              <span className="rnoce-hint">
                {account.status === 'queued' && account.tries > 0
                  ? t('subscriptions:accounts.waiting')
                  : t(`subscriptions:accounts.at.${account.status}`, {
                      at: `\u2066${formatDateTime(account.at)}\u2069`,
                    })}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {some('queued') ? <p className="rnoce-hint">{t('subscriptions:accounts.detail.queued')}</p> : null}
      {some('refused') ? <p className="rnoce-hint">{t('subscriptions:accounts.detail.refused')}</p> : null}
    </div>
  );
}
