import { warm } from '@rnoce/shell/query-client';
import { ErrorState, LoadingState } from '@rnoce/ui/states';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type LoaderFunctionArgs, Navigate, useParams } from 'react-router';
import { referenceQuery, subscriptionQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { formLists } from '../../subscription-summary/facts.tsx';
import { SentScreen } from './sent-screen.tsx';
import { stepOfSlug } from './steps.ts';
import { Wizard } from './wizard.tsx';
import type { Lists } from './wizard-context.ts';

/** How often BADR's word is asked for while it has not answered and the page is in view, in milliseconds. */
const registryPollMs = 20_000;

export function loader({ params }: LoaderFunctionArgs) {
  return warm(subscriptionQuery(params.id ?? ''), ...formLists.map((list) => referenceQuery(list)));
}

/** The reference lists of the form, once all are there. */
function useLists() {
  const centres = useQuery(referenceQuery('rc-centres'));
  const cities = useQuery(referenceQuery('cities'));
  const activities = useQuery(referenceQuery('activities'));
  const lists = useMemo(
    (): Lists | undefined =>
      centres.data && cities.data && activities.data
        ? { 'rc-centres': centres.data, cities: cities.data, activities: activities.data }
        : undefined,
    [centres.data, cities.data, activities.data],
  );
  const failed = [centres, cities, activities].find(({ isError }) => isError);
  return { lists, failed };
}

/** The wizard of a draft, at the step of the address; of a request that was sent, what happens next. */
export function Component() {
  const { id = '', step: slug } = useParams();
  const subscription = useQuery({
    ...subscriptionQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data?.editable === true && data.registry.status === 'unavailable' ? registryPollMs : false,
  });
  const { lists, failed } = useLists();
  const step = stepOfSlug(slug);

  const broken = subscription.data === undefined && subscription.isError ? subscription : failed;
  if (broken) return <ErrorState error={broken.error} onRetry={() => void broken.refetch()} />;
  if (!subscription.data || !lists) return <LoadingState lines={10} />;
  const { data } = subscription;
  if (!data.editable && step === 'review' && data.submittedAt !== null) {
    return <SentScreen subscription={data} />;
  }
  if (!step || !data.editable) return <Navigate to={paths.summary(id)} replace />;
  return <Wizard key={id} subscription={data} lists={lists} step={step} />;
}
