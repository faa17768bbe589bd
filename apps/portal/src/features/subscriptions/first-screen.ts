import { subscriptionsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import { paths } from '../../paths.ts';
import { leadOn } from '../../session/lead-on.ts';

/** The first page of the space: the requests of who has some, else a new one. */
export async function loader({ request }: { request: Request }) {
  const subscriptions = await queryClient.ensureQueryData(subscriptionsQuery);
  return leadOn(request, subscriptions.length > 0 ? paths.subscriptions : paths.newSubscription);
}
