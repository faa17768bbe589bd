import { formatAmount } from '@rnoce/i18n/format';
import type { PaymentOrder } from '@rnoce/schemas';
import { orderStates } from '@rnoce/schemas/payment-states';
import { type SubmitEvent, useRef, useState } from 'react';
import { cancelOrder } from '../../api/payment-api.ts';
import { Icon } from '../../controls/icon.tsx';
import { Notice } from '../../controls/notice.tsx';
import { ProblemNotice } from '../../controls/problem-notice.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { orderAddress, startAddress } from '../../navigation/addresses.ts';
import { Link } from '../../navigation/link.tsx';
import { navigate } from '../../navigation/location.ts';
import { ChannelChoice, firstChannelId } from './channel-choice.tsx';
import { choiceOf, givesReference, valueOf } from './channels.ts';
import { handOver } from './hand-over.ts';
import { openOrder, tryAgain } from './pay.ts';
import { useOffer } from './use-offer.ts';

interface PayAgainProps {
  readonly order: PaymentOrder;
  readonly onChange: (order: PaymentOrder) => void;
  /** Behind a line: the payer has perhaps paid already, and must not be led to pay twice. */
  readonly folded?: boolean;
}

/** Another try of an open order, or a new order for the invoices of a closed one; and giving up. */
export function PayAgain({ order, onChange, folded = false }: PayAgainProps) {
  const { t } = useLanguage();
  const open = !orderStates[order.status].closed;
  if (!open && !order.payableAgain)
    return (
      <Notice tone="info">
        <p>{t('checkout:again.not-payable')}</p>
        <p>
          <Link href={startAddress} className="button">
            {t('payment:search.new')}
          </Link>
        </p>
      </Notice>
    );
  const form = <AgainForm order={order} open={open} onChange={onChange} warned={folded} />;
  return folded ? (
    <details className="card folded no-print">
      <summary>
        <Icon name="arrow-back-up" /> {t('checkout:again.not-paid')}
      </summary>
      {form}
    </details>
  ) : (
    <section className="card no-print" aria-labelledby="again">
      <h2 id="again">{t('checkout:again.title')}</h2>
      {form}
    </section>
  );
}

interface AgainFormProps {
  readonly order: PaymentOrder;
  readonly open: boolean;
  readonly onChange: (order: PaymentOrder) => void;
  readonly warned: boolean;
}

function AgainForm({ order, open, onChange, warned }: AgainFormProps) {
  const { t, locale } = useLanguage();
  const { offer, error: offerError, again } = useOffer(order.methods);
  const [value, setValue] = useState(valueOf(order));
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState<'pay' | 'cancel'>();
  const [failure, setFailure] = useState<unknown>();
  const isBusy = useRef(false);
  const choice = offer && choiceOf(offer, value);
  const amount = formatAmount(order.amount);

  async function run(what: 'pay' | 'cancel', work: () => Promise<void>): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    setBusy(what);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(error);
    }
    isBusy.current = false;
    setBusy(undefined);
  }

  function pay(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    setMissing(!choice);
    if (!choice) {
      document.getElementById(firstChannelId(offer ?? []))?.focus();
      return;
    }
    void run('pay', async () => {
      if (open) {
        onChange(await tryAgain(order.id, choice));
        window.scrollTo(0, 0);
      } else {
        const next = await openOrder({
          invoiceIds: order.lines.map(({ invoiceId }) => invoiceId),
          ...choice,
          amount: order.amount,
          locale,
        });
        handOver(next);
        navigate(orderAddress(next.id));
      }
    });
  }

  if (offerError !== undefined) return <ProblemNotice error={offerError} onRetry={again} />;
  if (!offer) return <p>{t('checkout:summary.loading')}</p>;
  return (
    <form onSubmit={pay} noValidate aria-busy={busy !== undefined}>
      {warned ? (
        <Notice tone="warning">
          <p>
            {t(order.next?.type === 'reference' ? 'checkout:again.warn-reference' : 'checkout:again.warn')}
          </p>
        </Notice>
      ) : null}
      {offer.length === 0 ? (
        <p>{t('checkout:summary.no-method.title')}</p>
      ) : (
        <>
          <ChannelChoice
            offer={offer}
            value={value}
            onChoose={setValue}
            error={missing && !choice ? t('checkout:channel.missing') : undefined}
          />
          <p className="pay-line">
            <button type="submit" className="button primary wide" aria-disabled={busy ? true : undefined}>
              {busy === 'pay'
                ? t('checkout:pay.sending')
                : choice && givesReference(choice)
                  ? t('checkout:pay.reference', { amount })
                  : t('checkout:pay.action', { amount })}
            </button>
          </p>
        </>
      )}
      {open ? (
        <p>
          <button
            type="button"
            className="button quiet"
            aria-disabled={busy ? true : undefined}
            onClick={() => run('cancel', async () => onChange(await cancelOrder(order.id)))}
          >
            {t(busy === 'cancel' ? 'checkout:again.cancelling' : 'checkout:again.cancel')}
          </button>
        </p>
      ) : null}
      {failure === undefined ? null : (
        <ProblemNotice
          error={failure}
          // Of a payment that is still being confirmed, nobody knows yet.
          {...(warned ? {} : { reassurance: t('checkout:pay.not-debited') })}
        />
      )}
    </form>
  );
}
