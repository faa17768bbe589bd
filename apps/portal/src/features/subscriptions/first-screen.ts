import { leadOn } from '@rnoce/shell/lead-on';
import { queryClient } from '@rnoce/shell/query-client';
import { subscriptionsQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';

/** The first page of the space: the requests of who has some, else a new one. */
export async function loader({ request }: { request: Request }) {
  const subscriptions = await queryClient.ensureQueryData(subscriptionsQuery);
  return leadOn(request, subscriptions.length > 0 ? paths.subscriptions : paths.newSubscription);
}
