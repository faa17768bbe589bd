import { formatAmount, formatDate } from '@rnoce/i18n';
import { attemptStates, orderStates, type PaymentProvider } from '@rnoce/schemas/payment-states';
import type { AttemptStatus, OrderStatus } from '@rnoce/schemas/payments';
import { type Anomaly, PaymentProvider as Provider } from '@rnoce/schemas/reconciliation';
import type { Translate } from '@rnoce/ui/i18n';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge, type Tone } from '@rnoce/ui/status-badge';
import { IconArrowBackUp, IconCircleX, IconClockHour4, IconClockX } from '@tabler/icons-react';

/** A provider by the name that people know it by. */
export const providerName = (t: Translate, provider: PaymentProvider): string =>
  provider === 'fatourati'
    ? t('reference:paymentChannel.fatourati')
    : t(`reference:paymentMethod.${provider}`);

const movements = ['payment', 'refund', 'reversal'] as const;

/** What an anomaly is about, in words where its subject is a line or the day of a provider's file. */
export function subjectName(t: Translate, { kind, subject }: Pick<Anomaly, 'kind' | 'subject'>): string {
  const [first = '', second = '', ...rest] = subject.split(' ');
  const provider = Provider.safeParse(first);
  if (!provider.success) return subject;
  if (kind === 'file_missing') return `${providerName(t, provider.data)} ${formatDate(second)}`;
  const movement = movements.find((one) => one === second);
  if (movement === undefined) return subject;
  return [providerName(t, provider.data), t(`finance:movement.${movement}`), ...rest].join(' · ');
}

/** Where the tone's own icon would say too little, or something else. */
const icons: Partial<Record<OrderStatus | AttemptStatus, typeof IconClockX>> = {
  created: IconClockHour4,
  redirected: IconClockHour4,
  reference_out: IconClockHour4,
  refused: IconCircleX,
  expired: IconClockX,
  refunded: IconArrowBackUp,
};

export function OrderBadge({ status }: { status: OrderStatus }) {
  const t = useT();
  return (
    <StatusBadge tone={orderStates[status].tone} icon={icons[status]}>
      {t(`reference:paymentStatus.${status}`)}
    </StatusBadge>
  );
}

const tones = {
  none: 'neutral',
  promised: 'info',
  taken: 'success',
  given_back: 'neutral',
  unknown: 'warning',
} as const satisfies Record<(typeof attemptStates)[AttemptStatus]['money'], Tone>;

export function AttemptBadge({ status }: { status: AttemptStatus }) {
  const t = useT();
  return (
    <StatusBadge tone={tones[attemptStates[status].money]} icon={icons[status]}>
      {t(`finance:attempt.${status}`)}
    </StatusBadge>
  );
}

/** An amount, from left to right in every language. */
export function Money({ amount }: { amount: string | null }) {
  return amount === null ? (
    <span aria-hidden>–</span>
  ) : (
    <bdi className="rnoce-tabular finance-amount" dir="ltr">
      {formatAmount(amount)}
    </bdi>
  );
}
