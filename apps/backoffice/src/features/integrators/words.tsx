import { addMonths, casablancaDate } from '@rnoce/schemas/casablanca-time';
import type { ApiKey, Integrator } from '@rnoce/schemas/integrators';
import type { Scope } from '@rnoce/schemas/scopes';
import type { WebhookAttempt, WebhookDelivery, WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { type Translate, useT } from '@rnoce/ui/i18n';
import { StatusBadge, type Tone } from '@rnoce/ui/status-badge';
import { IconClockExclamation, IconPlayerPause } from '@tabler/icons-react';
import { useNow } from '../../lists/age.tsx';

/** Whose programs an integrator's are. */
export function ownerName(t: Translate, { issuer, authority, operator }: Integrator): string {
  if (issuer) return issuer.name;
  if (authority) return t(`reference:authority.${authority}`);
  return operator?.legalName ?? '';
}

const scopeKeys = {
  'invoices:read': 'invoices-read',
  'invoices:write': 'invoices-write',
  'payments:read': 'payments-read',
  'filings:read': 'filings-read',
  'filings:decide': 'filings-decide',
  'customs_requests:read': 'customs-requests-read',
  'customs_requests:decide': 'customs-requests-decide',
  'subscriptions:read': 'subscriptions-read',
  'webhooks:manage': 'webhooks-manage',
} as const satisfies Record<Scope, string>;

/** A scope as people call it. */
export const scopeName = (t: Translate, scope: Scope): string => t(`integrators:scope.${scopeKeys[scope]}`);

/** What a scope opens. */
export const scopeDetail = (t: Translate, scope: Scope): string =>
  t(`integrators:scope-detail.${scopeKeys[scope]}`);

export function IntegratorBadge({ active }: Pick<Integrator, 'active'>) {
  const t = useT();
  return active ? (
    <StatusBadge tone="success">{t('integrators:state.active')}</StatusBadge>
  ) : (
    <StatusBadge tone="warning" icon={IconPlayerPause}>
      {t('integrators:state.suspended')}
    </StatusBadge>
  );
}

const keyTones = { live: 'success', expired: 'neutral', revoked: 'neutral' } as const satisfies Record<
  ApiKey['status'],
  Tone
>;

export function KeyBadge({ apiKey: { status, expiresOn, compromisedAt } }: { apiKey: ApiKey }) {
  const t = useT();
  const soon = addMonths(casablancaDate(useNow()), 1);
  const expiresSoon = status === 'live' && expiresOn < soon;
  if (compromisedAt !== null) return <StatusBadge tone="danger">{t('integrators:key.leaked')}</StatusBadge>;
  return expiresSoon ? (
    <StatusBadge tone="warning" icon={IconClockExclamation}>
      {t('integrators:key.expires-soon')}
    </StatusBadge>
  ) : (
    <StatusBadge tone={keyTones[status]}>{t(`integrators:key.${status}`)}</StatusBadge>
  );
}

/** Whether somebody chose to have an endpoint disabled; for any other reason there is something to mend. */
export const disabledByChoice = (reason: WebhookEndpoint['disabledReason']): boolean =>
  reason === 'integrator' || reason === 'administrator';

export function EndpointBadge({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useT();
  const { enabled, disabledReason, failingSince, lastDeliveredAt } = endpoint;
  if (!enabled)
    return (
      <StatusBadge tone={disabledByChoice(disabledReason) ? 'neutral' : 'danger'}>
        {t('integrators:endpoint.disabled')}
      </StatusBadge>
    );
  if (failingSince !== null)
    return <StatusBadge tone="warning">{t('integrators:endpoint.failing')}</StatusBadge>;
  return lastDeliveredAt === null ? (
    <StatusBadge tone="info">{t('integrators:endpoint.unused')}</StatusBadge>
  ) : (
    <StatusBadge tone="success">{t('integrators:endpoint.works')}</StatusBadge>
  );
}

const deliveryTones = { pending: 'info', delivered: 'success', failed: 'danger' } as const satisfies Record<
  WebhookDelivery['status'],
  Tone
>;

export function DeliveryBadge({ status }: Pick<WebhookDelivery, 'status'>) {
  const t = useT();
  return <StatusBadge tone={deliveryTones[status]}>{t(`integrators:delivery.status.${status}`)}</StatusBadge>;
}

/** What a try came to: the answer's status, or why there was none. */
export const attemptOutcome = (t: Translate, { status, error }: WebhookAttempt): string => {
  if (error !== null) return t(`integrators:attempt.error.${error}`);
  return t('integrators:attempt.status', { status: status ?? 0 });
};
