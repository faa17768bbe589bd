import { loadCheckout } from '@rnoce/i18n/checkout';
import { Component, lazy, type ReactNode, Suspense } from 'react';
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
const SummaryScreen = lazy(async () => {
  const screen = import('../features/orders/summary-screen.tsx');
  return { default: (await withWords(loadCheckout, screen)).SummaryScreen };
});
const OrderScreen = lazy(async () => {
  const screen = import('../features/orders/order-screen.tsx');
  return { default: (await withWords(loadCheckout, screen)).OrderScreen };
});
const CheckScreen = lazy(async () => {
  const screen = import('../features/receipts/check-screen.tsx');
  return { default: (await withWords(loadCheckout, screen)).CheckScreen };
});

/** The screen of the address. */
export function Screen() {
  const { path, query } = useLocation();
  const place = placeOf(path, query);
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
      <ProblemNotice error={error} onRetry={() => window.location.reload()} />
      <Assistance />
    </div>
  );
}
