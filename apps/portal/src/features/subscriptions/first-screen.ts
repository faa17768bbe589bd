import { redirect } from 'react-router';
import { subscriptionsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import { paths } from '../../paths.ts';

/** The first page of the space: the requests of who has some, else a new one. */
export async function loader() {
  const subscriptions = await queryClient.ensureQueryData(subscriptionsQuery);
  return redirect(subscriptions.length > 0 ? paths.subscriptions : paths.newSubscription);
}
