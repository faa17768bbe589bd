import { Button, Loader } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { createSubscription } from '@rnoce/api-client/subscriptions';
import type { Account } from '@rnoce/schemas/account';
import { companyFields } from '@rnoce/schemas/company';
import { normaliseIdentifier } from '@rnoce/schemas/identifiers';
import { type OperatorType, operatorTypes } from '@rnoce/schemas/operator-types';
import type { ReferenceEntry } from '@rnoce/schemas/reference';
import { Identifiers } from '@rnoce/schemas/subscriptions';
import { createAttempts } from '@rnoce/shell/idempotent-attempt';
import { queryClient } from '@rnoce/shell/query-client';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { IdentifierField } from '@rnoce/ui/identifier-field';
import { SearchSelectField } from '@rnoce/ui/search-select-field';
import { SelectField } from '@rnoce/ui/select-field';
import { EmailField } from '@rnoce/ui/text-field';
import { IconArrowRight } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { forgetSubscriptions, subscriptionQuery } from '../../api/queries.ts';
import { schemaResolver } from '../../forms/schema-resolver.ts';
import { paths } from '../../paths.ts';
import { BackButton } from '../../screens/back-button.tsx';
import { client } from '../../session/session.ts';
import {
  dropNewSubscription,
  type IdentifierField as FieldName,
  type IdentifierValues,
  keepNewSubscription,
  type NewSubscription,
} from './new-subscription.ts';
import { type WayOn, WayOnNotice, wayOnOf } from './way-on.tsx';

const nothingTyped: IdentifierValues = {
  email: '',
  taxId: '',
  ice: '',
  rcNumber: '',
  operatorType: '',
  rcCentre: '',
};

/** The contract's own rules, with the list of centres at hand. */
function resolverFor(centres: readonly ReferenceEntry[]) {
  const codes = new Set(centres.map(({ code }) => code));
  return schemaResolver<IdentifierValues>(Identifiers({ has: (_, code) => codes.has(code) }));
}

export function VerificationForm({
  begun,
  account,
  centres,
}: {
  begun: NewSubscription;
  account: Account;
  centres: readonly ReferenceEntry[];
}) {
  const t = useT();
  const navigate = useNavigate();
  const showProblem = useShowProblem();
  const [attempts] = useState(() => createAttempts());
  const [wayOn, setWayOn] = useState<WayOn>();
  const resolver = useMemo(() => resolverFor(centres), [centres]);
  const form = useForm<IdentifierValues>({
    resolver,
    shouldFocusError: false,
    defaultValues: { ...nothingTyped, email: account.email, ...begun.identifiers },
  });
  const typed = useWatch({ control: form.control });
  useEffect(() => {
    keepNewSubscription({ ...begun, identifiers: { ...nothingTyped, ...typed } });
  }, [begun, typed]);

  const former = begun.purpose === 'update_only';
  const labelOf = (field: FieldName): string =>
    t(former ? `reference:former-identifiers.${field}` : `reference:identifiers.${field}`);
  const warningOf = (field: 'ice' | 'taxId'): string | undefined => {
    const value = normaliseIdentifier(typed[field] ?? '');
    // While the number is being typed it is merely short.
    if (!/^\d+$/.test(value) || (field === 'ice' && value.length < 15)) return undefined;
    const code = companyFields[field].warn(value);
    return code ? t(`errors:warning.${code}`) : undefined;
  };
  const busy = form.formState.isSubmitting;

  return (
    <Form
      form={form}
      label={t('subscriptions:verification.title')}
      onSubmit={async (values) => {
        setWayOn(undefined);
        const body = {
          authorities: begun.authorities,
          purpose: begun.purpose,
          identifiers: { ...values, operatorType: values.operatorType as OperatorType },
        };
        try {
          const { data } = await createSubscription(client, { body, idempotencyKey: attempts.keyFor(body) });
          attempts.end();
          queryClient.setQueryData(subscriptionQuery(data.id).queryKey, data);
          await navigate(paths.outcome(data.id), { replace: true });
          dropNewSubscription();
          await forgetSubscriptions();
        } catch (error) {
          attempts.end(error);
          showProblem(form, error, '/identifiers');
          if (error instanceof ApiError) setWayOn(wayOnOf(error.code));
        }
      }}
    >
      {wayOn === undefined ? null : <WayOnNotice wayOn={wayOn} />}
      <div className="rnoce-field-grid">
        <EmailField<IdentifierValues> name="email" label={labelOf('email')} required />
        <IdentifierField<IdentifierValues>
          name="taxId"
          label={labelOf('taxId')}
          required
          inputMode="numeric"
          maxLength={40}
          warning={warningOf('taxId')}
        />
        <IdentifierField<IdentifierValues>
          name="ice"
          label={labelOf('ice')}
          help={t('subscriptions:verification.ice-help')}
          required
          inputMode="numeric"
          maxLength={40}
          warning={warningOf('ice')}
        />
        <IdentifierField<IdentifierValues>
          name="rcNumber"
          label={labelOf('rcNumber')}
          required
          inputMode="numeric"
          maxLength={40}
        />
        <SelectField<IdentifierValues>
          name="operatorType"
          label={labelOf('operatorType')}
          help={t('subscriptions:verification.type-help')}
          required
          placeholder={t('subscriptions:verification.choose')}
          options={operatorTypes.map((value) => ({ value, label: t(`reference:operator-type.${value}`) }))}
        />
        <SearchSelectField<IdentifierValues>
          name="rcCentre"
          label={labelOf('rcCentre')}
          help={t('subscriptions:verification.centre-help')}
          required
          options={centres}
        />
      </div>
      <output className="portal-waiting">
        {busy ? (
          <>
            <Loader size="sm" aria-hidden />
            <span>{t('subscriptions:verification.asking')}</span>
          </>
        ) : null}
      </output>
      <div className="portal-actions">
        <BackButton to={paths.newSubscription}>{t('common:action.previous')}</BackButton>
        <Button
          type="submit"
          aria-disabled={busy || undefined}
          rightSection={<IconArrowRight className="rnoce-icon rnoce-mirror" aria-hidden />}
        >
          {t('common:action.next')}
        </Button>
      </div>
    </Form>
  );
}
