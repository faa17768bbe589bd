import { stepsOf } from '@rnoce/schemas/subscriptions';
import { warm } from '@rnoce/shell/query-client';
import { ErrorState, LoadingState } from '@rnoce/ui/states';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type LoaderFunctionArgs, Navigate, useParams } from 'react-router';
import { configurationQuery, referenceQuery, subscriptionQuery } from '../../api/queries.ts';
import { listsOf, useLists } from '../../form-sections/use-lists.ts';
import { paths } from '../../paths.ts';
import { SentScreen } from './sent-screen.tsx';
import { askedNow, stepOfSlug } from './steps.ts';
import { Wizard } from './wizard.tsx';

/** How often BADR's word is asked for while it has not answered and the page is in view, in milliseconds. */
const registryPollMs = 20_000;

/** Those of every form; a form's others are asked once it is known. */
const commonLists = listsOf({ operatorType: 'exporter', authorities: [] });

export function loader({ params }: LoaderFunctionArgs) {
  return warm(
    subscriptionQuery(params.id ?? ''),
    configurationQuery,
    ...commonLists.map((list) => referenceQuery(list)),
  );
}

/** The wizard of a draft, at the step of the address; of a request that was sent, what happens next. */
export function Component() {
  const { id = '', step: slug } = useParams();
  const subscription = useQuery({
    ...subscriptionQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data?.editable === true && data.registry.status === 'unavailable' ? registryPollMs : false,
  });
  const { data } = subscription;
  const names = useMemo(() => (data ? listsOf(data) : commonLists), [data]);
  const { lists, failed } = useLists(names);
  const step = stepOfSlug(slug);

  const broken = data === undefined && subscription.isError ? subscription : failed;
  if (broken) return <ErrorState error={broken.error} onRetry={() => void broken.refetch()} />;
  if (!data || !lists) return <LoadingState lines={10} />;
  if (!data.editable && step === 'review' && data.submittedAt !== null) {
    return <SentScreen subscription={data} />;
  }
  if (!step || !data.editable) return <Navigate to={paths.summary(id)} replace />;
  // A step that this form hasn't, or not now: of another operator type, of PortNet, of an authority that has its part.
  const own = stepsOf(askedNow(data));
  if (!own.includes(step)) {
    const to = own.includes(data.currentStep) ? data.currentStep : 'review';
    return <Navigate to={paths.step(id, to)} replace />;
  }
  return <Wizard key={id} subscription={data} lists={lists} step={step} />;
}
