import { ApiError } from '@rnoce/api-client/api-error';
import { createApiKey } from '@rnoce/api-client/integrators';
import { addMonths, casablancaDate } from '@rnoce/schemas/casablanca-time';
import { CreateApiKeyBody, type Integrator } from '@rnoce/schemas/integrators';
import { validate } from '@rnoce/schemas/issues';
import { scopesFor } from '@rnoce/schemas/scopes';
import { issueResolver, linesOf, onTheirLines } from '@rnoce/ui';
import { CheckboxesField } from '@rnoce/ui/choice-fields';
import { DateField } from '@rnoce/ui/date-field';
import { useT } from '@rnoce/ui/i18n';
import { LinesField } from '@rnoce/ui/lines-field';
import { TextField } from '@rnoce/ui/text-field';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { client } from '../../session/session.ts';
import type { MadeKey } from './shown-key-dialog.tsx';
import { scopeDetail, scopeName } from './words.tsx';

interface Typed {
  name: string;
  scopes: string[];
  expiresOn: string;
  /** One a line. */
  allowedAddresses: string;
}

/** A new key: what it opens, until when, and from where it works. It is shown once it is made, by `onMade`. */
export function NewKeyDialog({
  integrator: { id, kind, authority },
  onMade,
  onClose,
}: {
  integrator: Integrator;
  onMade: (key: MadeKey) => void;
  onClose: () => void;
}) {
  const t = useT();
  const [today] = useState(() => casablancaDate(new Date()));
  const aYearAhead = addMonths(today, 12);
  const bodyOf = ({ allowedAddresses, ...typed }: Typed) => ({
    integratorId: id,
    ...typed,
    allowedAddresses: linesOf(allowedAddresses),
  });
  const form = useForm<Typed>({
    defaultValues: { name: '', scopes: [], expiresOn: aYearAhead, allowedAddresses: '' },
    shouldFocusError: false,
    resolver: issueResolver((values) =>
      onTheirLines(
        validate(CreateApiKeyBody, bodyOf(values)).issues,
        'allowedAddresses',
        values.allowedAddresses,
      ),
    ),
  });
  const make = async (values: Typed) => {
    try {
      const { data } = await createApiKey(client, { body: CreateApiKeyBody.parse(bodyOf(values)) });
      onMade(data);
    } catch (error) {
      // Made or not, nobody knows: without the key itself, which is answered this once, it is of no use.
      const lost = error instanceof ApiError && error.problem === undefined;
      if (!lost) throw error;
      form.setError('root', { type: 'problem', message: t('integrators:new-key.answer-lost') });
    }
  };
  return (
    <FormDialog
      form={form}
      title={t('integrators:new-key.title')}
      action={t('integrators:new-key.action')}
      size="lg"
      closeOnClickOutside={false}
      forget={forgetAdministration}
      onSubmit={make}
      onClose={onClose}
    >
      <TextField
        name="name"
        label={t('integrators:new-key.name')}
        help={t('integrators:new-key.name-detail')}
        required
        maxLength={100}
        autoComplete="off"
      />
      <CheckboxesField
        name="scopes"
        label={t('integrators:new-key.scopes')}
        help={t('integrators:new-key.scopes-detail')}
        required
        options={scopesFor(kind, authority).map((scope) => ({
          value: scope,
          label: scopeName(t, scope),
          detail: scopeDetail(t, scope),
        }))}
      />
      <DateField
        name="expiresOn"
        label={t('integrators:new-key.expires')}
        help={t('integrators:new-key.expires-detail')}
        required
        min={today}
        max={aYearAhead}
      />
      <LinesField
        name="allowedAddresses"
        label={t('integrators:new-key.addresses')}
        help={t('integrators:new-key.addresses-detail')}
        rows={3}
      />
    </FormDialog>
  );
}
