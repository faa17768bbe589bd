import { rectifySubscription } from '@rnoce/api-client/subscriptions';
import type { SubscriptionId } from '@rnoce/schemas/primitives';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { queryClient } from '@rnoce/shell/query-client';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { forgetSubscriptions, subscriptionQuery } from '../api/queries.ts';
import { paths } from '../paths.ts';
import { client } from '../session/session.ts';
import { stepOfElement } from './reasons.ts';

/** « Rectifier vos données »: reopens the filing unless it is `open` already, and leads to what was refused. */
export function useRectification(
  id: SubscriptionId,
  open: boolean,
): {
  busy: boolean;
  rectify: (element: string | undefined) => Promise<void>;
} {
  const navigate = useNavigate();
  const sentence = useErrorSentence();
  const [attempts] = useState(() => createAttempts());
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  return {
    busy,
    rectify: async (element) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      try {
        if (!open) {
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
