import { Button } from '@mantine/core';
import { formatDateTime } from '@rnoce/i18n';
import type { FinanceOrder } from '@rnoce/schemas/finance';
import { useT } from '@rnoce/ui/i18n';
import { useState } from 'react';
import { Facts } from '../../records/facts.tsx';
import { ObservationDialog } from './observation-dialog.tsx';
import { AttemptBadge, Money, providerName } from './words.tsx';

type Attempt = FinanceOrder['attempts'][number];

/** Each visit to a gateway, each reference, the last first. */
export function OrderAttempts({ attempts }: { attempts: readonly Attempt[] }) {
  const t = useT();
  return (
    <section>
      <h2>{t('finance:order.attempts')}</h2>
      {attempts.length === 0 ? <p className="rnoce-hint">{t('finance:order.attempts-empty')}</p> : null}
      {attempts.toReversed().map((attempt) => (
        <AttemptCard key={attempt.id} attempt={attempt} />
      ))}
    </section>
  );
}

function AttemptCard({ attempt }: { attempt: Attempt }) {
  const t = useT();
  const [observing, setObserving] = useState(false);
  const time = (at: string | null) => at && <bdi className="rnoce-tabular">{formatDateTime(at)}</bdi>;
  const code = (text: string | null) => text && <bdi className="rnoce-code">{text}</bdi>;
  return (
    <article className="record-card">
      <div className="record-card-head">
        <h3>
          <bdi className="rnoce-code">{attempt.reference}</bdi>
        </h3>
        <AttemptBadge status={attempt.status} />
      </div>
      <Facts
        facts={[
          [
            t('finance:files.provider'),
            `${providerName(t, attempt.provider)} · ${t(`reference:paymentChannel.${attempt.channel}`)}`,
          ],
          [t('finance:order.amount'), <Money key="amount" amount={attempt.amount} />],
          [t('finance:order.gateway-reference'), code(attempt.gatewayReference)],
          [t('finance:order.transaction'), code(attempt.transactionNumber)],
          [t('finance:order.created'), time(attempt.createdAt)],
          [t('finance:order.paid'), time(attempt.capturedAt)],
          [t('finance:order.expires'), attempt.capturedAt === null ? time(attempt.expiresAt) : null],
          [t('finance:order.next-inquiry'), time(attempt.inquireAt)],
          [t('finance:order.silent'), time(attempt.silentSince)],
          [t('finance:order.refusal'), code(attempt.refusalDetail)],
        ]}
      />
      {attempt.recordable.length > 0 ? (
        <div className="record-actions">
          <Button
            size="sm"
            variant="subtle"
            aria-label={t('finance:observation.open-name', { reference: attempt.reference })}
            onClick={() => setObserving(true)}
          >
            {t('finance:observation.open')}
          </Button>
        </div>
      ) : null}
      {observing ? <ObservationDialog attempt={attempt} onClose={() => setObserving(false)} /> : null}
    </article>
  );
}
