import { ApiError } from '@rnoce/api-client/api-error';
import { formatDateTime } from '@rnoce/i18n';
import { requestFieldsOf } from '@rnoce/schemas/customs-request-rules';
import {
  type CustomsRequest,
  customsRequestStates,
  getRequestDocument,
} from '@rnoce/schemas/customs-requests';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { useAwake } from '@rnoce/shell/use-awake';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice, StatusBadge } from '@rnoce/ui/status-badge';
import { Timeline } from '@rnoce/ui/timeline';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useLocation, useParams } from 'react-router';
import { customsRequestQuery, referenceQuery } from '../../api/queries.ts';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { BackAndPrint } from '../../subscription-summary/back-and-print.tsx';
import { DocumentTable } from '../../subscription-summary/document-table.tsx';
import { Facts, formLists, useFieldText } from '../../subscription-summary/facts.tsx';
import { ReasonList } from '../../subscription-summary/reason-list.tsx';
import { SummarySection } from '../../subscription-summary/summary-section.tsx';
import { UnknownRequest } from '../../subscription-summary/unknown-request.tsx';
import { ChangeList } from './change-list.tsx';
import { useChangeName } from './change-names.ts';
import { RequestOutcome } from './request-outcome.tsx';
import '../../form-sections/form.css';
import './operations.css';

/** How often the page looks whether BADR has written an accepted request, in milliseconds. */
const askAgainEvery = 15_000;

export const loader = ({ params }: { params: { id?: string } }) =>
  warm(customsRequestQuery(params.id ?? ''), ...formLists.map((list) => referenceQuery(list)));

/** A request about the customs account as it was sent: where it is, what it asks, its history. */
export function Component() {
  const { id = '' } = useParams();
  const awake = useAwake();
  const query = useQuery({
    ...customsRequestQuery(id),
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) =>
      awake && state.data?.effect?.status === 'queued' ? askAgainEvery : false,
  });
  const unknown =
    query.error instanceof ApiError && (query.error.status === 404 || query.error.code === 'validation');
  if (unknown) return <UnknownRequest />;
  if (query.data?.status === 'draft') return <Navigate to={paths.operation(query.data.type)} replace />;
  return (
    <QueryState query={query} lines={8}>
      {(request) => <Sent request={request} />}
    </QueryState>
  );
}

const isJustSent = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'sent' in state && state.sent === true;

function Sent({ request }: { request: CustomsRequest }) {
  const t = useT();
  const nameOf = useChangeName(request.changes);
  const { state } = useLocation();
  const { id, type, status, reference, changes, history } = request;
  const documents = request.documents.filter(({ current }) => current !== null);
  return (
    <div className="operation-sent">
      <header className="operation-head">
        <PageTitle title={t(`reference:operation-type.${type}`)} />
        <div className="operation-mark">
          <StatusBadge tone={customsRequestStates[status].tone}>
            {t(`reference:operation-status.${status}`)}
          </StatusBadge>
          <CopyableCode code={reference} />
        </div>
        <div className="wizard-actions rnoce-no-print">
          <BackAndPrint />
        </div>
      </header>
      {isJustSent(state) ? (
        <div className="wizard-notice">
          <Notice tone="success" title={t('operations:sent.title')} live="polite">
            <p>{t('operations:sent.detail')}</p>
          </Notice>
        </div>
      ) : null}
      <SummarySection title={t('operations:outcome.title')}>
        <RequestOutcome request={request} nameOf={nameOf} />
      </SummarySection>
      {changes.length > 0 ? (
        <SummarySection title={t('operations:sent.changes')}>
          <ChangeList changes={changes} />
        </SummarySection>
      ) : null}
      <SummarySection title={t('operations:sent.given')}>
        <Details request={request} />
        <DocumentTable
          documents={documents}
          addressOf={(document) =>
            client.url(getRequestDocument, {
              params: { id, document },
              query: { disposition: 'attachment' },
            })
          }
        />
      </SummarySection>
      <SummarySection title={t('portal:summary.history')}>
        <Timeline
          label={t('portal:summary.history')}
          entries={history.map(({ event, at, actor, reasons }) => ({
            id: `${event} ${at}`,
            label: t(`reference:operation-event.${event}`),
            when: formatDateTime(at),
            by: actor === 'integrator' ? t('reference:actor.integrator') : undefined,
            state: ['rejected', 'closed', 'refused', 'overtaken'].includes(event) ? 'refused' : 'done',
            detail: reasons.length > 0 ? <ReasonList reasons={reasons} nameOf={nameOf} /> : undefined,
          }))}
        />
      </SummarySection>
    </div>
  );
}

/** What was typed beside the form's sections. */
function Details({ request: { type, details } }: { request: CustomsRequest }) {
  const find = useFindMessage();
  const textOf = useFieldText();
  const facts = Object.entries(requestFieldsOf(type)).flatMap(([name, rule]) => {
    const value = details[name as keyof typeof details];
    if (value === null || value === undefined || value === '') return [];
    return [
      {
        id: name,
        label: find(`reference:operation.${name}`) ?? name,
        value: textOf(rule, name, value),
        note: null,
      },
    ];
  });
  return facts.length === 0 ? null : <Facts facts={facts} />;
}
