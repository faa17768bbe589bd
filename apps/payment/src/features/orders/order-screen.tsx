import { formatAmount, formatDay, formatTime } from '@rnoce/i18n/format';
import type { PaymentOrder } from '@rnoce/schemas';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { receiptAddress } from '../../api/payment-api.ts';
import { Assistance } from '../../controls/assistance.tsx';
import { CopyButton } from '../../controls/copy-button.tsx';
import { Heading } from '../../controls/heading.tsx';
import { Icon } from '../../controls/icon.tsx';
import { Notice } from '../../controls/notice.tsx';
import { ProblemNotice } from '../../controls/problem-notice.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { checkAddress, orderAddress, startAddress } from '../../navigation/addresses.ts';
import { endVisit } from '../../navigation/gateway-visit.ts';
import { Link } from '../../navigation/link.tsx';
import { dropPaid } from '../../selection/selection-store.ts';
import { EmailForm } from './email-form.tsx';
import { GatewayForm } from './gateway-form.tsx';
import { forget, takeOver } from './hand-over.ts';
import { OrderFacts } from './order-facts.tsx';
import { looks, toldCause, type View, viewOf } from './order-views.ts';
import { PayAgain } from './pay-again.tsx';
import { Reference } from './reference.tsx';
import { useOrder, type WatchedOrder } from './use-order.ts';
import '../../controls/outcome.css';
import './orders.css';

/** The truth about an order, whatever the browser came back with: only what the API says counts. Its address can be kept and opened later. */
export function OrderScreen({ id }: { id: string }) {
  const { t } = useLanguage();
  const watched = useOrder(id);
  const { order, error, seenAt } = watched;
  const [redirect, setRedirect] = useState(() => takeOver(id)?.redirect);

  useEffect(() => {
    forget(id);
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) setRedirect(undefined);
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [id]);

  function take(next: PaymentOrder): void {
    setRedirect(next.next?.type === 'redirect' ? next.next : undefined);
    watched.put(next);
  }

  if (order && redirect)
    return (
      <GatewayForm next={redirect} orderId={id} method={order.method} amount={formatAmount(order.amount)} />
    );
  if (!order && error instanceof ApiError && [404, 400, 422].includes(error.status))
    return (
      <div className="narrow">
        <Heading key="unknown" service={t('payment:app.title')}>
          {t('checkout:order.unknown.title')}
        </Heading>
        <p className="lead">{t('checkout:order.unknown.lead')}</p>
        <p>
          <Link href={startAddress} className="button primary">
            {t('payment:search.new')}
          </Link>
        </p>
        <Assistance />
      </div>
    );
  if (!order || !seenAt)
    return (
      <div className="narrow">
        <Heading key="reading" service={t('payment:app.title')}>
          {t('checkout:order.title')}
        </Heading>
        {error === undefined ? (
          <div className="waiting" aria-live="polite">
            <progress aria-hidden="true" />
            <p>{t('checkout:order.reading')}</p>
          </div>
        ) : (
          <ProblemNotice error={error} reassurance={t('checkout:order.kept')} onRetry={watched.look} />
        )}
      </div>
    );
  return <KnownOrder watched={watched} order={order} seenAt={seenAt} onChange={take} />;
}

interface KnownOrderProps {
  readonly watched: WatchedOrder;
  readonly order: PaymentOrder;
  readonly seenAt: Date;
  readonly onChange: (order: PaymentOrder) => void;
}

function KnownOrder({ watched, order, seenAt, onChange }: KnownOrderProps) {
  const { t } = useLanguage();
  const view = viewOf(order, seenAt);
  const title = t(`checkout:order.${view}.title`, { amount: formatAmount(amountOf(order, view)) });

  useEffect(() => {
    endVisit();
    if (order.status === 'paid') dropPaid(order.lines.map(({ invoiceId }) => invoiceId));
  }, [order]);

  return (
    <div className="narrow order">
      {/* There before the status changes, so that the change is heard. */}
      <p aria-live="polite" className="hidden">
        {title}
      </p>
      <div className={`outcome ${looks[view].tone}`}>
        <Icon name={looks[view].icon} className="big" />
        <div>
          <Heading key={view}>{title}</Heading>
          <Lead order={order} view={view} />
        </div>
      </div>
      {watched.error === undefined ? null : (
        <Notice tone="warning" icon="offline">
          <p>{t('checkout:order.not-read')}</p>
        </Notice>
      )}
      <OtherMoney order={order} view={view} />
      <NextStep order={order} view={view} watched={watched} onChange={onChange} />
      <OrderFacts order={order} />
      <KeepLink order={order} />
      <Assistance orderNumber={order.number} />
    </div>
  );
}

/** Whether the view is about money that goes back. */
const isRefund = (view: View): boolean => view === 'refund_due' || view === 'refunded';

/** The sum that the view is about: of a refund what goes back, which may be another one than the order's. */
const amountOf = ({ amount, refund }: PaymentOrder, view: View): string =>
  isRefund(view) ? (refund?.amount ?? amount) : amount;

/** Money that came besides: whatever became of the order, it goes back. */
function OtherMoney({ order: { refund }, view }: { order: PaymentOrder; view: View }) {
  const { t } = useLanguage();
  if (refund === null || isRefund(view)) return null;
  return (
    <Notice tone="info" icon="arrow-back-up">
      <p>{t(`checkout:order.other-money.${refund.status}`, { amount: formatAmount(refund.amount) })}</p>
    </Notice>
  );
}

/** What happened, why, and what becomes of the money. */
function Lead({ order, view }: { order: PaymentOrder; view: View }) {
  const { t } = useLanguage();
  const provider = t(`checkout:method.${order.method}`);
  const amount = formatAmount(amountOf(order, view));
  const cause = view === 'preparing' ? undefined : toldCause(order.cause);
  const slow = view === 'confirming' && order.channel === 'direct_debit';
  return (
    <div className="lead">
      <p>
        {slow
          ? t('checkout:order.confirming.lead-debit', { provider })
          : t(`checkout:order.${view}.lead`, {
              amount,
              provider,
              issuer: order.issuer.name,
              date: order.paidAt === null ? '' : formatDay(order.paidAt),
            })}
      </p>
      {view === 'refused' && order.refusal !== null ? <p>{t(`checkout:refusal.${order.refusal}`)}</p> : null}
      {cause === undefined || view === 'paid' ? null : <p>{t(`checkout:reason.${cause}`)}</p>}
    </div>
  );
}

interface NextStepProps {
  readonly order: PaymentOrder;
  readonly view: View;
  readonly watched: WatchedOrder;
  readonly onChange: (order: PaymentOrder) => void;
}

/** What can be done now, in first place. */
function NextStep({ order, view, watched, onChange }: NextStepProps) {
  switch (view) {
    case 'confirming':
    case 'reference_over':
      return (
        <>
          <Watching watched={watched} />
          <PayAgain order={order} onChange={onChange} folded />
        </>
      );
    case 'preparing':
      return (
        <>
          <Watching watched={watched} />
          <PayAgain order={order} onChange={onChange} />
        </>
      );
    case 'reference':
      return (
        <>
          <Reference order={order} />
          <EmailForm order={order} />
          <Watching watched={watched} />
          <PayAgain order={order} onChange={onChange} folded />
        </>
      );
    case 'paid':
      return (
        <>
          <Receipt order={order} />
          <EmailForm order={order} />
        </>
      );
    case 'refused':
    case 'cancelled':
    case 'expired':
    case 'reversed':
      return <PayAgain order={order} onChange={onChange} />;
    case 'refund_due':
    case 'refunded':
      return null;
  }
}

/** That the page looks by itself, since when, and that one may leave. */
function Watching({ watched: { seenAt, look, looking } }: { watched: WatchedOrder }) {
  const { t } = useLanguage();
  return (
    <div className="watching no-print">
      <p>
        <Icon name="clock" />
        <span>
          {t('checkout:watch.detail')}
          {seenAt ? ` ${t('checkout:watch.seen', { time: formatTime(seenAt) })}` : ''}
        </span>
      </p>
      <button type="button" className="button" onClick={look} aria-disabled={looking || undefined}>
        {t(looking ? 'checkout:watch.looking' : 'checkout:watch.action')}
      </button>
    </div>
  );
}

function Receipt({ order }: { order: PaymentOrder }) {
  const { t, locale } = useLanguage();
  if (!order.receipt)
    return (
      <Notice tone="info">
        <p>{t('checkout:receipt.coming')}</p>
      </Notice>
    );
  return (
    <section className="card receipt" aria-labelledby="receipt">
      <h2 id="receipt">{t('checkout:receipt.title')}</h2>
      <p>
        {t('checkout:receipt.number')} <span className="code selectable">{order.receipt.number}</span>
      </p>
      <p className="actions no-print">
        <a className="button primary" href={receiptAddress(order.id, locale)} download>
          <Icon name="download" /> {t('checkout:receipt.download')}
        </a>
        <Link className="button" href={checkAddress(order.receipt.code)}>
          <Icon name="shield" /> {t('checkout:receipt.check')}
        </Link>
      </p>
    </section>
  );
}

/** The page's own address is the only key to the order: nobody here has an account. */
function KeepLink({ order }: { order: PaymentOrder }) {
  const { t } = useLanguage();
  return (
    <div className="keep no-print">
      <p>{t('checkout:order.keep')}</p>
      <CopyButton
        text={window.location.origin + orderAddress(order.id)}
        label={t('checkout:order.copy-link')}
      />
      <button type="button" className="button" onClick={() => window.print()}>
        <Icon name="printer" /> {t('checkout:action.print')}
      </button>
    </div>
  );
}
