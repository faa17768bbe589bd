import { loadCheckout } from '@rnoce/i18n/checkout';
import { subscriptionCodePattern } from '@rnoce/schemas/subscription-code';
import { lazy, Suspense, useEffect } from 'react';
import { Assistance } from '../../controls/assistance.tsx';
import { Heading } from '../../controls/heading.tsx';
import { withWords } from '../../language/catalogue.ts';
import { useLanguage } from '../../language/use-language.ts';
import { orderAddress } from '../../navigation/addresses.ts';
import { endVisit, openVisit } from '../../navigation/gateway-visit.ts';
import { navigate } from '../../navigation/location.ts';
import { addressOf, readAsked } from './invoice-query.ts';
import { SearchForm } from './search-form.tsx';
import { SearchState } from './search-state.tsx';
import { useLookUp } from './use-look-up.ts';
import './search.css';

const loadResults = async () => {
  const screen = import('./results.tsx');
  return { default: (await withWords(loadCheckout, screen)).Results };
};
const Results = lazy(loadResults);

const steps = ['code', 'choose', 'pay'] as const;

/** The search for unpaid invoices and what it found (guide 004, II to IV). The address holds all that was asked. */
export function InvoicesScreen({ query }: { query: URLSearchParams }) {
  const { t } = useLanguage();
  const asked = readAsked(query);
  const wanted = subscriptionCodePattern.test(asked.code);
  const { lookUp, page, again } = useLookUp(asked, wanted);
  const service = t('payment:app.title');

  // Given up at the gateway: the way back names no order, and its page says what to do now.
  useEffect(() => {
    const orderId = openVisit();
    if (orderId === undefined) return;
    endVisit();
    navigate(orderAddress(orderId), { replace: true });
  }, []);

  // It comes while the search is under way; a failure shows when it is drawn.
  useEffect(() => {
    if (wanted) void loadResults().catch(() => undefined);
  }, [wanted]);

  if (wanted && page)
    return (
      <Suspense fallback={<SearchState asked={asked} lookUp={{ state: 'waiting' }} again={again} />}>
        <Results asked={asked} page={page} lookUp={lookUp} again={again} />
      </Suspense>
    );
  const underWay = wanted && (lookUp.state === 'waiting' || lookUp.state === 'proving');
  return (
    <div className="narrow">
      <Heading key={wanted && lookUp.state === 'none' ? 'none' : 'search'} service={service}>
        {t('payment:search.title')}
      </Heading>
      <p className="lead">{t('payment:search.lead')}</p>
      {wanted && !underWay ? <SearchState asked={asked} lookUp={lookUp} again={again} /> : null}
      <SearchForm
        // Another address, another search: what was typed for the one before is no longer it.
        key={addressOf(asked)}
        asked={asked}
        busy={underWay}
        onSearch={(next) => {
          const address = addressOf(next);
          if (address === addressOf(asked)) again();
          else navigate(address);
        }}
      />
      {underWay ? <SearchState asked={asked} lookUp={lookUp} again={again} /> : null}
      {wanted ? null : (
        <ol className="steps">
          {steps.map((step) => (
            <li key={step}>
              <strong>{t(`payment:steps.${step}.title`)}</strong>
              <span>{t(`payment:steps.${step}.detail`)}</span>
            </li>
          ))}
        </ol>
      )}
      <Assistance />
    </div>
  );
}
