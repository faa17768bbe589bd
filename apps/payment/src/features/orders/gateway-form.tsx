import type { PaymentMethod, PaymentNext } from '@rnoce/schemas';
import { useEffect, useRef } from 'react';
import { Heading } from '../../controls/heading.tsx';
import { Icon } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { beginVisit } from '../../navigation/gateway-visit.ts';

interface GatewayFormProps {
  readonly next: Extract<PaymentNext, { type: 'redirect' }>;
  readonly orderId: string;
  readonly method: PaymentMethod;
  readonly amount: string;
}

/** Leads the browser to the gateway: a form of hidden fields in their order, sent by itself, and by a button should that be prevented. */
export function GatewayForm({ next, orderId, method, amount }: GatewayFormProps) {
  const { t } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    beginVisit(orderId);
    form.current?.submit();
  }, [orderId]);
  const provider = t(`checkout:method.${method}`);
  return (
    <div className="narrow">
      <Heading service={t('payment:app.title')}>{t('checkout:leaving.title', { provider })}</Heading>
      <form ref={form} className="card leaving" action={next.url} method="post">
        {next.fields.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <progress aria-hidden="true" />
        <p>{t('checkout:leaving.detail', { provider, amount })}</p>
        <button type="submit" className="button primary">
          {t('checkout:leaving.action')} <Icon name="arrow-right" />
        </button>
      </form>
    </div>
  );
}
