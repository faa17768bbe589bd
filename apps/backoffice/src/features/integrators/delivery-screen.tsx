import { Button } from '@mantine/core';
import { redeliver } from '@rnoce/api-client/webhooks';
import { formatCount } from '@rnoce/i18n';
import type { RouteAnswer } from '@rnoce/schemas/contract';
import { eventKeptDays, type getWebhookDelivery } from '@rnoce/schemas/webhooks';
import { warm } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { CopyableCode } from '@rnoce/ui/copyable-code';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { deliveryQuery, endpointQuery } from '../../api/integrator-queries.ts';
import { paths } from '../../paths.ts';
import { BackLink } from '../../records/back-link.tsx';
import { Facts } from '../../records/facts.tsx';
import { Fault } from '../../records/fault.tsx';
import { Moment } from '../../records/moment.tsx';
import { isUnknown } from '../../records/unknown.ts';
import { UnknownRecord } from '../../records/unknown-record.tsx';
import { useAct } from '../../records/use-act.ts';
import { useOnce } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';
import { bodyText } from './body-text.ts';
import { DeliveryAttempts } from './delivery-attempts.tsx';
import { DeliveryBadge } from './words.tsx';
import './integrators.css';

type Delivery = RouteAnswer<typeof getWebhookDelivery>;

interface Params {
  readonly id?: string;
  readonly endpointId?: string;
  readonly deliveryId?: string;
}

export const loader = ({ params: { endpointId = '', deliveryId = '' } }: { params: Params }) =>
  warm(endpointQuery(endpointId), deliveryQuery(endpointId, deliveryId));

/** One delivery: what is sent, and what each try came to. */
export function Component() {
  const t = useT();
  const { id = '', endpointId = '', deliveryId = '' } = useParams();
  const endpoint = useQuery(endpointQuery(endpointId)).data;
  const query = useQuery(deliveryQuery(endpointId, deliveryId));
  return (
    <>
      <BackLink to={paths.endpoint(id, endpointId)}>{t('integrators:delivery.back')}</BackLink>
      {isUnknown(query) ? (
        <UnknownRecord
          title={t('integrators:delivery.unknown')}
          detail={t('integrators:delivery.unknown-detail', { days: eventKeptDays })}
        />
      ) : (
        <QueryState query={query} lines={10}>
          {(delivery) => <One delivery={delivery} endpointId={endpointId} url={endpoint?.url} />}
        </QueryState>
      )}
    </>
  );
}

function One({
  delivery,
  endpointId,
  url,
}: {
  delivery: Delivery;
  endpointId: string;
  url: string | undefined;
}) {
  const t = useT();
  const body = bodyText(delivery.body);
  return (
    <div className="record-page">
      <div className="record-title">
        <PageTitle title={t(`integrators:event.${delivery.type}`)} />
        <DeliveryBadge status={delivery.status} />
      </div>
      <section className="record-card">
        {url === undefined ? null : <bdi className="rnoce-code integrators-url">{url}</bdi>}
        <p>
          <span className="rnoce-hint">{t('integrators:delivery.event-id')}</span>{' '}
          <CopyableCode code={delivery.eventId} />
        </p>
        <Facts
          facts={[
            [t('integrators:journal.created'), <Moment key="created" at={delivery.createdAt} />],
            [t('integrators:journal.tries'), formatCount(delivery.tries)],
            [
              t('integrators:journal.next'),
              delivery.nextTryAt && <Moment key="next" at={delivery.nextTryAt} />,
            ],
          ]}
        />
        <Redelivery endpointId={endpointId} delivery={delivery} />
      </section>
      <section aria-labelledby="delivery-attempts">
        <h2 id="delivery-attempts">{t('integrators:delivery.attempts')}</h2>
        <DeliveryAttempts attempts={delivery.attempts} />
      </section>
      <section aria-labelledby="delivery-body">
        <div className="record-card-head">
          <h2 id="delivery-body">{t('integrators:delivery.body')}</h2>
          <CopyableCode code={delivery.body} name={t('integrators:delivery.copy-body')}>
            <span />
          </CopyableCode>
        </div>
        <pre dir="ltr" className="integrators-body">
          {body}
        </pre>
      </section>
    </div>
  );
}

function Redelivery({ endpointId, delivery: { id, eventId } }: { endpointId: string; delivery: Delivery }) {
  const t = useT();
  const { busy, fault, run } = useAct(forgetAdministration);
  const once = useOnce();
  const send = () =>
    run(async () => {
      await once(eventId, (idempotencyKey) =>
        redeliver(client, { params: { id: endpointId, deliveryId: id }, idempotencyKey }),
      );
      notify(t('integrators:delivery.redelivered'), 'success');
    });
  return (
    <>
      <Fault text={fault} />
      <div className="record-actions">
        <Button
          size="sm"
          variant="outline"
          loading={busy}
          leftSection={<IconSend className="rnoce-icon rnoce-mirror" aria-hidden />}
          onClick={() => void send()}
        >
          {t('integrators:delivery.redeliver')}
        </Button>
      </div>
    </>
  );
}
