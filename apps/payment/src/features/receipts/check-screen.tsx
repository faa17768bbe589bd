import { formatAmount, formatDateTime } from '@rnoce/i18n/format';
import type { ReceiptCheck } from '@rnoce/schemas';
import { type SubmitEvent, useCallback, useEffect, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { readReceiptCheck } from '../../api/payment-api.ts';
import { Assistance } from '../../controls/assistance.tsx';
import { Field } from '../../controls/field.tsx';
import { Heading } from '../../controls/heading.tsx';
import { Icon } from '../../controls/icon.tsx';
import { ProblemNotice } from '../../controls/problem-notice.tsx';
import { typedText } from '../../controls/typed-text.ts';
import { useLanguage } from '../../language/use-language.ts';
import { checkAddress } from '../../navigation/addresses.ts';
import { navigate } from '../../navigation/location.ts';
import '../../controls/outcome.css';

type Check =
  | { readonly state: 'reading' }
  | { readonly state: 'known'; readonly receipt: ReceiptCheck }
  | { readonly state: 'unknown' }
  | { readonly state: 'failed'; readonly error: unknown };

const unknownStatuses = [400, 404, 422];

/** Says whether a receipt is genuine, by the code of its QR code: what stands here must stand on the paper. */
export function CheckScreen({ code }: { code: string }) {
  const { t } = useLanguage();
  const { check, again } = useCheck(code);
  const service = t('checkout:check.service');
  if (code === '')
    return (
      <div className="narrow">
        <Heading key="ask" service={service}>
          {t('payment:check.title')}
        </Heading>
        <p className="lead">{t('checkout:check.lead')}</p>
        <CodeForm />
        <Assistance />
      </div>
    );
  switch (check.state) {
    case 'reading':
      return (
        <div className="narrow">
          <Heading key="reading" service={service}>
            {t('payment:check.title')}
          </Heading>
          <div className="waiting" aria-live="polite">
            <progress aria-hidden="true" />
            <p>{t('checkout:check.reading')}</p>
          </div>
        </div>
      );
    case 'failed':
      return (
        <div className="narrow">
          <Heading key="failed" service={service}>
            {t('payment:check.title')}
          </Heading>
          <ProblemNotice error={check.error} onRetry={again} />
        </div>
      );
    case 'unknown':
      return (
        <div className="narrow">
          <div className="outcome danger">
            <Icon name="circle-x" className="big" />
            <div>
              <Heading key="unknown" service={service}>
                {t('checkout:check.unknown.title')}
              </Heading>
              <p className="lead">{t('checkout:check.unknown.lead')}</p>
              <p>
                {t('checkout:check.code')} <span className="code selectable long">{code}</span>
              </p>
            </div>
          </div>
          <CodeForm />
          <Assistance />
        </div>
      );
    case 'known':
      return <KnownReceipt receipt={check.receipt} />;
  }
}

function useCheck(code: string): { check: Check; again: () => void } {
  const [round, setRound] = useState(0);
  const request = `${round} ${code}`;
  const [state, setState] = useState<{ request: string; check: Check }>();
  useEffect(() => {
    if (code === '') return;
    const leaving = new AbortController();
    readReceiptCheck(code, leaving.signal)
      .then((receipt) => setState({ request, check: { state: 'known', receipt } }))
      .catch((error: unknown) => {
        if (leaving.signal.aborted) return;
        const unknown = error instanceof ApiError && unknownStatuses.includes(error.status);
        setState({ request, check: unknown ? { state: 'unknown' } : { state: 'failed', error } });
      });
    return () => leaving.abort();
  }, [code, request]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { check: state?.request === request ? state.check : { state: 'reading' }, again };
}

function KnownReceipt({ receipt }: { receipt: ReceiptCheck }) {
  const { t } = useLanguage();
  const genuine = receipt.state === 'genuine';
  return (
    <div className="narrow">
      <div className={`outcome ${genuine ? 'success' : 'danger'}`}>
        <Icon name={genuine ? 'shield' : 'alert-triangle'} className="big" />
        <div>
          <Heading key={receipt.state} service={t('checkout:check.service')}>
            {t(`checkout:check.${receipt.state}.title`)}
          </Heading>
          <p className="lead">{t(`checkout:check.${receipt.state}.lead`)}</p>
        </div>
      </div>
      <section className="card" aria-labelledby="stands">
        <h2 id="stands">{t('checkout:check.compare')}</h2>
        <dl className="facts">
          <dt>{t('checkout:receipt.number')}</dt>
          <dd className="code selectable">{receipt.receiptNumber}</dd>
          <dt>{t('checkout:order.number')}</dt>
          <dd className="code selectable">{receipt.orderNumber}</dd>
          <dt>{t('checkout:summary.issuer')}</dt>
          <dd>{receipt.issuer.name}</dd>
          <dt>{t('checkout:summary.client')}</dt>
          <dd>
            <bdi>{receipt.clientName}</bdi>
          </dd>
          <dt>{t('checkout:check.invoices', { count: receipt.invoiceNumbers.length })}</dt>
          <dd>
            {receipt.invoiceNumbers.map((number) => (
              <span key={number} className="code listed">
                {number}
              </span>
            ))}
          </dd>
          <dt>{t('checkout:order.paid-at')}</dt>
          <dd className="code">{formatDateTime(receipt.paidAt)}</dd>
        </dl>
        <p className="grand-total">
          <span>{t('checkout:check.amount')}</span>
          <strong className="code">{formatAmount(receipt.amount)}</strong>
        </p>
      </section>
      <Assistance />
    </div>
  );
}

/** For whoever has the paper and no camera. */
function CodeForm() {
  const { t } = useLanguage();
  const [empty, setEmpty] = useState(false);
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = typedText(event.currentTarget, 'code').replaceAll(/\s/g, '');
    setEmpty(typed === '');
    if (typed === '') document.getElementById('receipt-code')?.focus();
    else navigate(checkAddress(typed));
  }
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Field
        id="receipt-code"
        name="code"
        label={t('checkout:check.code')}
        hint={t('checkout:check.code-hint')}
        error={empty ? t('checkout:check.code-empty') : undefined}
        required
        dir="ltr"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
      />
      <button type="submit" className="button primary">
        {t('checkout:check.action')}
      </button>
    </form>
  );
}
