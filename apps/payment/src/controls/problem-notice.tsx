import type { ReactNode } from 'react';
import { ApiError, type Trouble } from '../api/api-error.ts';
import type { PaymentKey } from '../language/catalogue.ts';
import { useLanguage } from '../language/use-language.ts';
import { Notice } from './notice.tsx';

const troubles = {
  offline: ['payment:trouble.offline.title', 'payment:trouble.offline.detail'],
  timeout: ['payment:trouble.timeout.title', 'payment:trouble.timeout.detail'],
  unreadable: ['payment:trouble.unreadable.title', 'payment:trouble.unreadable.detail'],
} as const satisfies Record<Trouble, readonly [PaymentKey, PaymentKey]>;

const isTrouble = (code: string): code is Trouble => code in troubles;

interface ProblemNoticeProps {
  readonly error: unknown;
  /** What is true of the person's money or data, whatever happened. */
  readonly reassurance?: string;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** What went wrong, in the words of the API or our own, what to do, and the number that the assistance asks for. */
export function ProblemNotice({ error, reassurance, onRetry, children }: ProblemNoticeProps) {
  const { t } = useLanguage();
  const known = error instanceof ApiError ? error : undefined;
  const code = known?.problem ? undefined : (known?.code ?? 'unreadable');
  const [title, detail] = isTrouble(code ?? '') ? troubles[code as Trouble] : troubles.unreadable;
  const requestId = known?.problem?.requestId ?? known?.requestId;
  return (
    <Notice
      tone="danger"
      role="alert"
      icon={known?.code === 'offline' ? 'offline' : 'alert-circle'}
      title={known?.problem?.title ?? t(title)}
    >
      <p>{known?.problem?.detail ?? t(detail)}</p>
      {reassurance === undefined ? null : <p>{reassurance}</p>}
      {children}
      {onRetry ? (
        <p>
          <button type="button" className="button" onClick={onRetry}>
            {t('payment:action.retry')}
          </button>
        </p>
      ) : null}
      {requestId === undefined ? null : (
        <p className="hint">
          {t('payment:trouble.request')} <span className="code selectable">{requestId}</span>
        </p>
      )}
    </Notice>
  );
}
