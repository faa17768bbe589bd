import { formatTime } from '@rnoce/i18n/format';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { Notice } from '../../controls/notice.tsx';
import { ProblemNotice } from '../../controls/problem-notice.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { startAddress } from '../../navigation/addresses.ts';
import { Link } from '../../navigation/link.tsx';
import { type Asked, addressOf } from './invoice-query.ts';
import type { LookUp } from './look-up.ts';

interface SearchStateProps {
  readonly asked: Asked;
  readonly lookUp: LookUp;
  readonly again: () => void;
}

/** What a look-up says while it has no invoices to show. */
export function SearchState({ asked, lookUp, again }: SearchStateProps) {
  const { t } = useLanguage();
  switch (lookUp.state) {
    case 'waiting':
      return (
        <div className="waiting" aria-live="polite">
          <progress aria-hidden="true" />
          <p className="notice-title">{t('payment:waiting.title')}</p>
          <p>{t('payment:waiting.detail', { code: asked.code })}</p>
        </div>
      );
    case 'proving':
      return (
        <div className="waiting" aria-live="polite">
          <progress aria-hidden="true" />
          <p className="notice-title">{t('payment:proving.title')}</p>
          <p>{t('payment:proving.detail')}</p>
        </div>
      );
    case 'none':
      return (
        <Notice tone="danger" role="alert" title={t('payment:none.title')}>
          <p>{t('payment:none.detail', { code: asked.code })}</p>
          <p className="actions">
            <Link href={startAddress} className="button primary">
              {t('payment:search.new')}
            </Link>
            {asked.number === '' ? null : (
              <Link href={addressOf({ code: asked.code })} className="button">
                {t('payment:none.without-number', { code: asked.code })}
              </Link>
            )}
          </p>
        </Notice>
      );
    case 'limited':
      return <Limited key={lookUp.until} {...lookUp} again={again} />;
    case 'failed':
      return (
        <ProblemNotice
          error={lookUp.error}
          // A part of the page that did not come is never asked for again by the same page; the search is in its address.
          onRetry={lookUp.error instanceof ApiError ? again : () => window.location.reload()}
        />
      );
    case 'found':
      return null;
  }
}

/** Too many searches: when to come back, and a button that is there for then. */
function Limited({ until, waitMs, again }: { until: number; waitMs: number; again: () => void }) {
  const { t } = useLanguage();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), waitMs);
    return () => clearTimeout(timer);
  }, [waitMs]);
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
  return (
    <Notice tone="warning" icon="clock" role="alert" title={t('payment:limited.title')}>
      {over ? (
        <>
          <p>{t('payment:limited.over')}</p>
          <p>
            <button type="button" className="button primary" onClick={again}>
              {t('payment:action.retry')}
            </button>
          </p>
        </>
      ) : (
        <>
          <p>
            {t('payment:limited.until', {
              time: formatTime(new Date(until + 59_999)),
              minutes,
              count: minutes,
            })}
          </p>
          <p>{t('payment:limited.with-number')}</p>
        </>
      )}
    </Notice>
  );
}
