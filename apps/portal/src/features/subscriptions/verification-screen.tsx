import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { referenceQuery, subscriptionOptionsQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { useAccount } from '../../session/use-session.ts';
import { readNewSubscription } from './new-subscription.ts';
import { VerificationForm } from './verification-form.tsx';
import './subscriptions.css';

const centresQuery = referenceQuery('rc-centres');
export const loader = () => warm(subscriptionOptionsQuery, centresQuery);

/** « Vérification du compte »: the identifiers, by which customs say whether they know the operator. */
export function Component() {
  const t = useT();
  const account = useAccount();
  const [begun] = useState(() => readNewSubscription(account?.id));
  const [options, centres] = useQueries({ queries: [subscriptionOptionsQuery, centresQuery] });
  if (!begun || !account) return <Navigate to={paths.newSubscription} replace />;
  return (
    <div className="rnoce-card">
      <PageTitle title={t('subscriptions:verification.title')} />
      <p>
        {t(
          begun.purpose === 'update_only'
            ? 'subscriptions:verification.detail-former'
            : 'subscriptions:verification.detail',
        )}
      </p>
      <QueryState query={options}>
        {({ authorities }) =>
          begun.authorities.every((chosen) =>
            authorities.some(({ authority, available }) => authority === chosen && available),
          ) ? (
            <QueryState query={centres} lines={6}>
              {(entries) => <VerificationForm begun={begun} account={account} centres={entries} />}
            </QueryState>
          ) : (
            <Navigate to={paths.newSubscription} replace />
          )
        }
      </QueryState>
    </div>
  );
}
