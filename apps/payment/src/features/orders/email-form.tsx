import type { PaymentOrder } from '@rnoce/schemas';
import { type SubmitEvent, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { wish } from '../../api/intents.ts';
import { emailOrder } from '../../api/payment-api.ts';
import { Field } from '../../controls/field.tsx';
import { Icon } from '../../controls/icon.tsx';
import { Notice } from '../../controls/notice.tsx';
import { ProblemNotice } from '../../controls/problem-notice.tsx';
import { typedText } from '../../controls/typed-text.ts';
import { useLanguage } from '../../language/use-language.ts';
import { isEmail } from './email-address.ts';

/** Sends the reference, or the receipt once paid, to an address. */
export function EmailForm({ order }: { order: PaymentOrder }) {
  const { t, locale } = useLanguage();
  const [fault, setFault] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [sent, setSent] = useState<string>();
  const [sending, setSending] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const about = order.status === 'paid' ? 'receipt' : 'reference';

  async function send(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const email = typedText(event.currentTarget, 'email');
    setSent(undefined);
    setFailure(undefined);
    setFault(isEmail(email) ? undefined : t('checkout:email.invalid'));
    if (!isEmail(email)) input.current?.focus();
    if (sending || !isEmail(email)) return;
    setSending(true);
    const { key, done } = wish('email', order.id, order.status, email);
    try {
      const answer = await emailOrder(order.id, { email, locale }, key);
      done();
      setSent(answer.email);
    } catch (error) {
      const wrong = error instanceof ApiError ? error.problem?.errors?.[0] : undefined;
      if (wrong) setFault(wrong.message);
      else setFailure(error);
    }
    setSending(false);
  }

  return (
    <details className="card folded no-print">
      <summary>
        <Icon name="mail" /> {t(`checkout:email.${about}`)}
      </summary>
      <form onSubmit={send} noValidate className="inline-form">
        <Field
          id="send-to"
          name="email"
          type="email"
          label={t('checkout:email.to')}
          required
          error={fault}
          inputRef={input}
          autoComplete="email"
          dir="ltr"
          maxLength={254}
        />
        <button type="submit" className="button" aria-disabled={sending || undefined}>
          {t(sending ? 'checkout:email.sending' : 'checkout:email.send')}
        </button>
      </form>
      <div aria-live="polite">
        {sent === undefined ? null : (
          <Notice tone="success">
            <p>{t('checkout:email.sent', { email: sent })}</p>
          </Notice>
        )}
      </div>
      {failure === undefined ? null : <ProblemNotice error={failure} />}
    </details>
  );
}
