import { normaliseSubscriptionCode, subscriptionCodePattern } from '@rnoce/schemas/subscription-code';
import { type SubmitEvent, useState } from 'react';
import { ErrorSummary, type FieldError } from '../../controls/error-summary.tsx';
import { Field } from '../../controls/field.tsx';
import { Icon } from '../../controls/icon.tsx';
import { typedText } from '../../controls/typed-text.ts';
import { useLanguage } from '../../language/use-language.ts';
import type { Asked } from './invoice-query.ts';

interface SearchFormProps {
  readonly asked: Asked;
  readonly busy: boolean;
  readonly onSearch: (asked: { code: string; number: string }) => void;
}

const faultOf = (code: string): 'empty' | 'form' | undefined =>
  code === '' ? 'empty' : subscriptionCodePattern.test(code) ? undefined : 'form';

/** « Code d'abonnement » and « N° Facture » (guide 004, II). Accepts what people type: spaces, lower case. */
export function SearchForm({ asked, busy, onSearch }: SearchFormProps) {
  const { t } = useLanguage();
  // A link may hold what is no code.
  const [fault, setFault] = useState<'empty' | 'form' | undefined>(
    asked.code === '' ? undefined : faultOf(asked.code),
  );
  const [attempt, setAttempt] = useState(0);
  const message = fault && t(`payment:search.code.${fault}`);
  const errors: FieldError[] = message === undefined ? [] : [{ field: 'code', message }];

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const code = normaliseSubscriptionCode(typedText(event.currentTarget, 'code'));
    const number = typedText(event.currentTarget, 'number');
    const wrong = faultOf(code);
    setFault(wrong);
    setAttempt((before) => before + 1);
    if (wrong === undefined) onSearch({ code, number });
  }

  return (
    <form className="card search" onSubmit={submit} noValidate aria-busy={busy}>
      <ErrorSummary errors={errors} attempt={attempt} />
      <Field
        id="code"
        name="code"
        label={t('payment:search.code.label')}
        hint={t('payment:search.code.hint')}
        error={message}
        required
        defaultValue={asked.code}
        className="big-code"
        dir="ltr"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <Field
        id="number"
        name="number"
        label={t('payment:search.number.label')}
        hint={t('payment:search.number.hint')}
        required={false}
        defaultValue={asked.number}
        maxLength={40}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <button type="submit" className="button primary wide">
        <Icon name="search" /> {t('payment:search.action')}
      </button>
    </form>
  );
}
