import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { deleteSubscription } from '@rnoce/api-client/subscriptions';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { notify, offerUndo } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { EmptyState, useErrorSentence } from '@rnoce/ui/states';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { forgetSubscriptions, subscriptionsQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { askAgainEvery, awaitsAccounts } from './accounts-state.ts';
import { actionsFirst } from './actions-first.ts';
import { RequestCards } from './request-cards.tsx';
import type { ListedSubscription } from './subscription-path.ts';
import './subscriptions.css';

export const loader = () => warm(subscriptionsQuery);

/** « Mes demandes ». */
export function Component() {
  const t = useT();
  const query = useQuery({
    ...subscriptionsQuery,
    refetchInterval: ({ state }) => (state.data?.some(awaitsAccounts) ? askAgainEvery : false),
  });
  const { deleted, remove } = useDraftDeletion();
  return (
    <>
      <PageTitle title={t('portal:tabs.requests')} />
      <QueryState query={query} lines={6}>
        {(all) => {
          const shown = actionsFirst(all.filter(({ id }) => !deleted.has(id)));
          return shown.length === 0 ? (
            <EmptyState
              title={t('subscriptions:requests.empty')}
              action={
                <Button component={Link} to={paths.newSubscription}>
                  {t('subscriptions:requests.begin')}
                </Button>
              }
            >
              <p>{t('subscriptions:requests.empty-detail')}</p>
            </EmptyState>
          ) : (
            <div className="portal-filings">
              {shown.map((subscription) => (
                <RequestCards
                  key={subscription.id}
                  subscription={subscription}
                  onDelete={() => remove(subscription)}
                />
              ))}
            </div>
          );
        }}
      </QueryState>
    </>
  );
}

/** A draft disappears at once and is deleted when the offer to take it back has passed. */
function useDraftDeletion() {
  const t = useT();
  const sentence = useErrorSentence();
  const [deleted, setDeleted] = useState<ReadonlySet<string>>(new Set());
  const restore = (id: string) => setDeleted((before) => new Set([...before].filter((one) => one !== id)));

  const carryOut = async ({ id }: ListedSubscription) => {
    try {
      await deleteSubscription(client, { params: { id } });
    } catch (error) {
      // Deleted from another tab already: what was wanted.
      if (!(error instanceof ApiError && error.status === 404)) {
        restore(id);
        notify(sentence(error), 'danger');
      }
    }
    await forgetSubscriptions();
  };

  return {
    deleted,
    remove: (subscription: ListedSubscription) => {
      setDeleted((before) => new Set([...before, subscription.id]));
      offerUndo(t('subscriptions:requests.deleted', { code: subscription.code }), {
        undo: () => restore(subscription.id),
        commit: () => void carryOut(subscription),
      });
    },
  };
}
