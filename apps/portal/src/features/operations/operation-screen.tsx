import { createCustomsRequest } from '@rnoce/api-client/customs-requests';
import type { CustomsRequestType } from '@rnoce/schemas/customs-account';
import type { CustomsAccount } from '@rnoce/schemas/customs-requests';
import { queryClient, warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { ErrorState, LoadingState } from '@rnoce/ui/states';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import {
  customsAccountQuery,
  customsRequestQuery,
  forgetCustomsAccount,
  referenceQuery,
} from '../../api/queries.ts';
import { listsOf, useLists } from '../../form-sections/use-lists.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { OperationForm } from './operation-form.tsx';
import { RefusedOperation } from './refused-operation.tsx';
import '../../form-sections/form.css';
import './operations.css';

/** The lists that the customs form asks from, whatever the operator's type. */
const lists = listsOf({ operatorType: 'exporter', authorities: ['customs'] });

/** Opens the draft of an operation, or comes back to it: asked once for a visit, however often the screen is drawn. */
const draftQuery = (type: CustomsRequestType) =>
  queryOptions({
    queryKey: ['customs-requests', 'draft', type],
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      const { data } = await createCustomsRequest(client, { body: { type }, signal });
      queryClient.setQueryData(customsRequestQuery(data.id).queryKey, data);
      return data.id;
    },
  });

/** The route of an operation: its screen, and what it reads first. */
export const operationRoute = (type: CustomsRequestType) => ({
  loader: () => warm(customsAccountQuery, ...lists.map((list) => referenceQuery(list))),
  Component: () => <OperationScreen key={type} type={type} />,
});

function OperationScreen({ type }: { type: CustomsRequestType }) {
  const account = useQuery(customsAccountQuery);
  return (
    <QueryState query={account} lines={8}>
      {(data) => <Opened type={type} account={data} />}
    </QueryState>
  );
}

function Opened({ type, account }: { type: CustomsRequestType; account: CustomsAccount }) {
  const operation = account.operations.find((one) => one.type === type);
  // What was typed before the account's state changed isn't taken away: the form says so when it is sent.
  if (operation?.refusal && operation.draftId === null) {
    return <RefusedOperation type={type} account={account} refusal={operation.refusal} />;
  }
  return <Draft type={type} account={account} />;
}

function Draft({ type, account }: { type: CustomsRequestType; account: CustomsAccount }) {
  const t = useT();
  const known = account.operations.find((one) => one.type === type)?.draftId ?? null;
  const opening = useQuery({ ...draftQuery(type), enabled: known === null });
  const id = known ?? opening.data;
  const request = useQuery({ ...customsRequestQuery(id ?? ''), enabled: id !== undefined });
  const { lists: entries, failed } = useLists(lists);
  const broken = [opening, request].find(({ isError, data }) => isError && data === undefined) ?? failed;
  if (broken) {
    return (
      <>
        <PageTitle title={t(`reference:operation-type.${type}`)} />
        <ErrorState
          error={broken.error}
          onRetry={() => {
            void queryClient.resetQueries({ queryKey: draftQuery(type).queryKey });
            void forgetCustomsAccount();
            void broken.refetch();
          }}
        />
      </>
    );
  }
  if (!request.data || !entries) {
    return (
      <>
        <PageTitle title={t(`reference:operation-type.${type}`)} />
        {type === 'update' && known === null ? <p>{t('operations:update.reading')}</p> : null}
        <LoadingState lines={10} />
      </>
    );
  }
  if (request.data.status !== 'draft')
    return <Navigate to={paths.customsRequest(request.data.id)} state={{ sent: true }} replace />;
  return <OperationForm key={request.data.id} request={request.data} account={account} lists={entries} />;
}
