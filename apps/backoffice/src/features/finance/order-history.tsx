import { formatDateTime } from '@rnoce/i18n';
import { type FinanceOrder } from '@rnoce/schemas/finance';
import { OrderStatus } from '@rnoce/schemas/payments';
import { useT } from '@rnoce/ui/i18n';
import { Timeline } from '@rnoce/ui/timeline';
import { historyStep } from './history-step.ts';
import '../../records/records.css';

type Entry = FinanceOrder['history'][number];

/** What happened to the order and its attempts, with why, by whom, and what was told. */
export function OrderHistory({ history }: { history: readonly Entry[] }) {
  const t = useT();
  const state = ({ attemptReference, to }: Entry): string => {
    const ofOrder = OrderStatus.safeParse(to);
    return attemptReference === null && ofOrder.success
      ? t(`reference:paymentStatus.${ofOrder.data}`)
      : t(`finance:attempt.${to as FinanceOrder['attempts'][number]['status']}`);
  };
  return (
    <section>
      <h2>{t('finance:order.history')}</h2>
      <Timeline
        label={t('finance:order.history')}
        entries={history.map((entry) => ({
          id: entry.id,
          state: historyStep(entry),
          when: formatDateTime(entry.at),
          label: state(entry),
          detail: (
            <>
              {entry.attemptReference === null ? null : (
                <bdi className="rnoce-code backoffice-under">{entry.attemptReference}</bdi>
              )}
              <span>
                {t(`reference:paymentCause.${entry.cause}`)}
                {' · '}
                <bdi>{entry.actorName ?? t(`finance:actor.${entry.actor}`)}</bdi>
              </span>
              {entry.detail === null ? null : <bdi className="backoffice-under">{entry.detail}</bdi>}
            </>
          ),
        }))}
      />
    </section>
  );
}

const decisions = ['take', 'do_not_take', 'acknowledge', 'fault', 'later'] as const;

/** What the gateways said, word for word, card data masked. */
export function OrderMessages({ messages }: { messages: FinanceOrder['messages'] }) {
  const t = useT();
  return (
    <section>
      <h2>{t('finance:order.messages')}</h2>
      {messages.length === 0 ? <p className="rnoce-hint">{t('finance:order.messages-empty')}</p> : null}
      {messages.map((message) => {
        const answer = decisions.find((decision) => decision === message.decision);
        return (
          <details key={message.id} className="record-message">
            <summary>
              <strong>{t(`finance:message.${message.kind}`)}</strong>
              <bdi className="rnoce-tabular">{formatDateTime(message.receivedAt)}</bdi>
              <span>{t(`finance:message.trust.${message.trust}`)}</span>
              {answer === undefined ? null : (
                <span>{t('finance:message.answer', { answer: t(`finance:decision.${answer}`) })}</span>
              )}
              {message.repetitions > 0 ? (
                <span>{t('finance:message.repetitions', { times: message.repetitions })}</span>
              ) : null}
            </summary>
            <pre dir="ltr">{message.body}</pre>
          </details>
        );
      })}
    </section>
  );
}
