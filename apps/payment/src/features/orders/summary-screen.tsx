import { formatAmount, formatDate } from '@rnoce/i18n/format';
import { type SubmitEvent, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import type { OrderBody } from '../../api/payment-api.ts';
import { ErrorSummary, type FieldError } from '../../controls/error-summary.tsx';
import { Field } from '../../controls/field.tsx';
import { Heading } from '../../controls/heading.tsx';
import { Icon } from '../../controls/icon.tsx';
import { Notice } from '../../controls/notice.tsx';
import { ProblemNotice } from '../../controls/problem-notice.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { orderAddress, startAddress } from '../../navigation/addresses.ts';
import { Link } from '../../navigation/link.tsx';
import { arrivalsSoFar, navigate } from '../../navigation/location.ts';
import { commonMethods, type Selection, totalOf } from '../../selection/selection.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { ChannelChoice, firstChannelId } from './channel-choice.tsx';
import { choiceOf, givesReference } from './channels.ts';
import { isEmail } from './email-address.ts';
import { handOver } from './hand-over.ts';
import { goneOf, openOrder } from './pay.ts';
import { useOffer } from './use-offer.ts';
import '../../controls/outcome.css';
import './orders.css';

/** What will be paid, by what, and the way there (guide 004, IV). */
export function SummaryScreen({ code }: { code: string }) {
  const { t } = useLanguage();
  const [selection, choose] = useSelection(code);
  const [gone, setGone] = useState<Selection>([]);
  const back = code === '' ? startAddress : `${startAddress}?code=${encodeURIComponent(code)}`;
  const heading = <Heading service={t('payment:app.title')}>{t('checkout:summary.title')}</Heading>;
  const told =
    gone.length === 0 ? null : (
      <Notice tone="warning" role="alert">
        <p>
          {t('checkout:results.gone', {
            count: gone.length,
            numbers: gone.map(({ number }) => number).join(', '),
          })}
        </p>
      </Notice>
    );
  function drop(ids: readonly string[]): void {
    setGone(selection.filter(({ id }) => ids.includes(id)));
    choose(selection.filter(({ id }) => !ids.includes(id)));
  }

  if (selection.length === 0)
    return (
      <div className="narrow">
        {heading}
        {told}
        <Notice tone="neutral" icon="info" title={t('checkout:summary.empty.title')}>
          <p>{t('checkout:summary.empty.detail')}</p>
          <p>
            <Link href={back} className="button primary">
              {t(code === '' ? 'payment:search.new' : 'checkout:summary.empty.action')}
            </Link>
          </p>
        </Notice>
      </div>
    );
  return (
    <div className="narrow">
      {heading}
      {told}
      <Chosen selection={selection} />
      <PayForm selection={selection} back={back} onGone={drop} />
    </div>
  );
}

function Chosen({ selection }: { selection: Selection }) {
  const { t } = useLanguage();
  const clients = [...new Set(selection.map(({ clientName }) => clientName))];
  return (
    <section className="card" aria-labelledby="chosen">
      <dl className="facts">
        <dt>{t('checkout:summary.client')}</dt>
        <dd>
          <bdi>{clients.join(', ')}</bdi>
        </dd>
        <dt>{t('checkout:summary.issuer')}</dt>
        <dd>{selection[0]?.issuer.name}</dd>
      </dl>
      <h2 id="chosen">{t('checkout:summary.list', { count: selection.length })}</h2>
      <ul className="lines">
        {selection.map((invoice) => (
          <li key={invoice.id}>
            <span>
              <span className="code number">{invoice.number}</span>
              <span className="hint">
                {t('checkout:summary.due')} <span className="code">{formatDate(invoice.dueOn)}</span>
                {' · '}
                <span className="code">{invoice.clientCode}</span>
              </span>
            </span>
            <span className="code">{formatAmount(invoice.amount)}</span>
          </li>
        ))}
      </ul>
      <p className="grand-total">
        <span>{t('checkout:summary.total')}</span>
        <strong className="code">{formatAmount(totalOf(selection))}</strong>
      </p>
    </section>
  );
}

interface PayFormProps {
  readonly selection: Selection;
  readonly back: string;
  /** Some of the invoices can't be paid any more. */
  readonly onGone: (ids: readonly string[]) => void;
}

function PayForm({ selection, back, onGone }: PayFormProps) {
  const { t, locale } = useLanguage();
  const { offer, error: offerError, again } = useOffer(commonMethods(selection));
  const [value, setValue] = useState('');
  const [email, setEmail] = useState('');
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  /** A second click comes before React has drawn the first. */
  const isSending = useRef(false);
  const choice = offer && choiceOf(offer, value);
  const amount = formatAmount(totalOf(selection));
  const messageOf = (field: string) => errors.find((one) => one.field === field)?.message;

  async function pay(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isSending.current || !offer) return;
    const typed = email.trim();
    const found: FieldError[] = [
      ...(choice ? [] : [{ field: firstChannelId(offer), message: t('checkout:channel.missing') }]),
      ...(typed === '' || isEmail(typed) ? [] : [{ field: 'email', message: t('checkout:email.invalid') }]),
    ];
    setErrors(found);
    setAttempt((before) => before + 1);
    setFailure(undefined);
    if (!choice || found.length > 0) return;
    isSending.current = true;
    setSending(true);
    const body: OrderBody = {
      invoiceIds: selection.map(({ id }) => id),
      ...choice,
      amount: totalOf(selection),
      ...(typed === '' ? {} : { payerEmail: typed }),
      locale,
    };
    try {
      const order = await openOrder(body);
      handOver(order);
      // Back from the gateway leads to the order, which tells the truth, not to a form that would pay again.
      navigate(orderAddress(order.id), { replace: true });
    } catch (error) {
      isSending.current = false;
      setSending(false);
      const wrong = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
      const gone = goneOf(error, body.invoiceIds);
      const atEmail = wrong.find(({ pointer }) => pointer === '/payerEmail');
      if (gone.length > 0) onGone(gone);
      else if (atEmail) setErrors([{ field: 'email', message: atEmail.message }]);
      else setFailure(error);
    }
  }

  if (offerError !== undefined) return <ProblemNotice error={offerError} onRetry={again} />;
  if (!offer)
    return (
      <div className="waiting" aria-live="polite">
        <progress aria-hidden="true" />
        <p>{t('checkout:summary.loading')}</p>
      </div>
    );
  if (offer.length === 0)
    return (
      <Notice tone="warning" role="alert" title={t('checkout:summary.no-method.title')}>
        <p>{t('checkout:summary.no-method.detail')}</p>
        <p>
          <BackLink href={back} className="button" />
        </p>
      </Notice>
    );
  return (
    <form onSubmit={pay} noValidate aria-busy={sending}>
      <ErrorSummary errors={errors} attempt={attempt} />
      <div className="card">
        <ChannelChoice
          offer={offer}
          value={value}
          onChoose={setValue}
          error={messageOf(firstChannelId(offer))}
        />
      </div>
      <div className="card">
        <Field
          id="email"
          type="email"
          label={t('checkout:email.label')}
          hint={t('checkout:email.hint')}
          required={false}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={messageOf('email')}
          autoComplete="email"
          dir="ltr"
          maxLength={254}
        />
      </div>
      {failure === undefined ? null : <Refused error={failure} back={back} />}
      <div className="pay-line">
        <button type="submit" className="button primary wide" aria-disabled={sending || undefined}>
          {sending
            ? t('checkout:pay.sending')
            : choice && givesReference(choice)
              ? t('checkout:pay.reference', { amount })
              : t('checkout:pay.action', { amount })}
        </button>
        <BackLink href={back} className="button" />
      </div>
      <p className="hint" aria-live="polite">
        {sending ? t('checkout:pay.sending-detail') : ''}
      </p>
    </form>
  );
}

/** « Retour »: to the page of results that was left, with its filters, or to the code's first one. */
function BackLink({ href, className }: { href: string; className: string }) {
  const { t } = useLanguage();
  return (
    <Link
      href={href}
      className={className}
      onClick={(event) => {
        if (arrivalsSoFar() === 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        window.history.back();
      }}
    >
      <Icon name="arrow-left" /> {t('checkout:action.back')}
    </Link>
  );
}

/** Why the order wasn't opened. Whatever it was, nothing was debited: payment begins on the next page. */
function Refused({ error, back }: { error: unknown; back: string }) {
  const { t } = useLanguage();
  const changed =
    error instanceof ApiError && (error.code === 'invoices_not_payable' || error.code === 'not_found');
  return (
    <ProblemNotice error={error} reassurance={t('checkout:pay.not-debited')}>
      {changed ? (
        <p>
          <Link href={back} className="button">
            {t('checkout:pay.see-again')}
          </Link>
        </p>
      ) : null}
    </ProblemNotice>
  );
}
