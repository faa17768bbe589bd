import { rectifySubscription } from '@rnoce/api-client/subscriptions';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { queryClient } from '@rnoce/shell/query-client';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { forgetSubscriptions, subscriptionQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { stepOfElement } from '../../subscription-summary/reasons.ts';

/** « Rectifier vos données »: reopens the filing if it isn't yet, and leads to what was refused. */
export function useRectification(subscription: Pick<Subscription, 'id' | 'editable'>): {
  busy: boolean;
  rectify: (element: string | undefined) => Promise<void>;
} {
  const navigate = useNavigate();
  const sentence = useErrorSentence();
  const [attempts] = useState(() => createAttempts());
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const { id, editable } = subscription;
  return {
    busy,
    rectify: async (element) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      try {
        if (!editable) {
          const { data } = await rectifySubscription(client, {
            params: { id },
            idempotencyKey: attempts.keyFor(id),
          });
          attempts.end();
          queryClient.setQueryData(subscriptionQuery(id).queryKey, data);
        }
        await navigate(paths.step(id, stepOfElement(element), element));
        await forgetSubscriptions();
      } catch (error) {
        attempts.end(error);
        notify(sentence(error), 'danger');
        // What is shown has changed meanwhile, in another tab say.
        await forgetSubscriptions();
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}
