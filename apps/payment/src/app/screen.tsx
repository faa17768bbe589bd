import { loadCheckout } from '@rnoce/i18n/checkout';
import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { ApiError } from '../api/api-error.ts';
import { Assistance } from '../controls/assistance.tsx';
import { Heading } from '../controls/heading.tsx';
import { ProblemNotice } from '../controls/problem-notice.tsx';
import { InvoicesScreen } from '../features/invoices/invoices-screen.tsx';
import { withWords } from '../language/catalogue.ts';
import { useLanguage } from '../language/use-language.ts';
import { type Place, placeOf, startAddress } from '../navigation/addresses.ts';
import { Link } from '../navigation/link.tsx';
import { useLocation } from '../navigation/location.ts';

// The search alone is in the first load.
const loadSummary = async () => {
  const screen = import('../features/orders/summary-screen.tsx');
  return { default: (await withWords(loadCheckout, screen)).SummaryScreen };
};
const loadOrder = async () => {
  const screen = import('../features/orders/order-screen.tsx');
  return { default: (await withWords(loadCheckout, screen)).OrderScreen };
};
const SummaryScreen = lazy(loadSummary);
const OrderScreen = lazy(loadOrder);
const CheckScreen = lazy(async () => {
  const screen = import('../features/receipts/check-screen.tsx');
  return { default: (await withWords(loadCheckout, screen)).CheckScreen };
});

/** What is wanted now comes first, in milliseconds. */
const aheadMs = 2000;

/** The screen of the address. */
export function Screen() {
  const { path, query } = useLocation();
  const place = placeOf(path, query);
  const ahead = place.screen === 'invoices' && query.has('code') ? 'summary' : place.screen;

  // The next step is there before it is wanted: a network that fails in between must not part a payer from their order.
  useEffect(() => {
    if (ahead !== 'summary') return;
    const load = (): void => void Promise.all([loadSummary(), loadOrder()]).catch(() => undefined);
    const timer = setTimeout(load, aheadMs);
    return () => clearTimeout(timer);
  }, [ahead]);

  return (
    <Boundary key={path}>
      <Suspense fallback={<Loading />}>
        <Placed place={place} query={query} />
      </Suspense>
    </Boundary>
  );
}

function Placed({ place, query }: { place: Place; query: URLSearchParams }) {
  switch (place.screen) {
    case 'invoices':
      return <InvoicesScreen query={query} />;
    case 'summary':
      return <SummaryScreen key={place.code} code={place.code} />;
    case 'order':
      return <OrderScreen key={place.id} id={place.id} />;
    case 'check':
      return <CheckScreen code={place.code} />;
    case 'missing':
      return <Missing />;
  }
}

function Loading() {
  const { t } = useLanguage();
  return (
    <div className="narrow waiting" aria-live="polite">
      <progress aria-hidden="true" />
      <p>{t('payment:loading')}</p>
    </div>
  );
}

function Missing() {
  const { t } = useLanguage();
  return (
    <div className="narrow">
      <Heading service={t('payment:app.title')}>{t('payment:missing.title')}</Heading>
      <p className="lead">{t('payment:missing.detail')}</p>
      <p>
        <Link href={startAddress} className="button primary">
          {t('payment:search.new')}
        </Link>
      </p>
      <Assistance />
    </div>
  );
}

/** A screen that couldn't be loaded or drawn: says so and offers to begin again, in place of a blank page. */
class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

function Broken({ error }: { error: unknown }) {
  const { t } = useLanguage();
  return (
    <div className="narrow">
      <Heading service={t('payment:app.title')}>{t('payment:broken.title')}</Heading>
      <ProblemNotice
        error={navigator.onLine ? error : new ApiError('offline', { cause: error })}
        onRetry={() => window.location.reload()}
      />
      <Assistance />
    </div>
  );
}
