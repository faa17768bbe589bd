import { formatCount, formatDateTime } from '@rnoce/i18n';
import { type WebhookAttempt, webhookTimeoutMs } from '@rnoce/schemas/webhooks';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import { attemptOutcome } from './words.tsx';
import '../../records/records.css';

const seconds = webhookTimeoutMs / 1000;

const took = ({ status }: WebhookAttempt): boolean => status !== null && status >= 200 && status < 300;

/** Each try, the newest first and open, with what was answered word for word. */
export function DeliveryAttempts({ attempts }: { attempts: readonly WebhookAttempt[] }) {
  const t = useT();
  if (attempts.length === 0) return <p className="rnoce-hint">{t('integrators:delivery.no-attempt')}</p>;
  return (
    <div className="record-card">
      {attempts.map((attempt, index) => (
        <details key={attempt.at} className="record-message" open={index === 0}>
          <summary>
            {took(attempt) ? (
              <StatusBadge tone="success">{t('integrators:attempt.took')}</StatusBadge>
            ) : (
              <StatusBadge tone="danger">{t('integrators:attempt.refused')}</StatusBadge>
            )}
            <strong>{attemptOutcome(t, attempt)}</strong>
            <bdi className="rnoce-tabular">{formatDateTime(attempt.at)}</bdi>
            <span className="rnoce-tabular">
              {t('integrators:attempt.duration', { milliseconds: formatCount(attempt.durationMs) })}
            </span>
          </summary>
          {attempt.error === null ? null : (
            <p>{t(`integrators:attempt.help.${attempt.error}`, { seconds })}</p>
          )}
          {attempt.answer === '' ? null : <pre dir="ltr">{attempt.answer}</pre>}
          {attempt.error === null && attempt.answer === '' ? (
            <p className="rnoce-hint">{t('integrators:attempt.no-answer')}</p>
          ) : null}
        </details>
      ))}
    </div>
  );
}
