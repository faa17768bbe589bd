import { formatCount } from '@rnoce/i18n';
import type { WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { Facts } from '../../records/facts.tsx';
import { Moment } from '../../records/moment.tsx';
import { disabledByChoice } from './words.tsx';

/** How an endpoint fares, and why it is disabled if it is. */
export function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useT();
  const { disabledReason, failingSince, previousSecretUntil } = endpoint;
  return (
    <>
      {disabledReason === null ? null : (
        <Notice tone={disabledByChoice(disabledReason) ? 'info' : 'danger'}>
          <p>{t(`integrators:endpoint.disabled-${disabledReason}`)}</p>
        </Notice>
      )}
      <ul className="integrators-tags" aria-label={t('integrators:endpoint.events')}>
        {endpoint.events.map((type) => (
          <li key={type}>{t(`integrators:event.${type}`)}</li>
        ))}
      </ul>
      <Facts
        facts={[
          [t('integrators:endpoint.description'), endpoint.description && <bdi>{endpoint.description}</bdi>],
          [t('integrators:endpoint.last-delivered'), <Moment key="last" at={endpoint.lastDeliveredAt} />],
          [
            t('integrators:endpoint.failing-since'),
            failingSince && <Moment key="failing" at={failingSince} />,
          ],
          [
            t('integrators:endpoint.pending'),
            <span key="pending" className="rnoce-tabular">
              {formatCount(endpoint.pending)}
            </span>,
          ],
          [
            t('integrators:endpoint.rotating'),
            previousSecretUntil && <Moment key="rotating" at={previousSecretUntil} />,
          ],
        ]}
      />
    </>
  );
}
