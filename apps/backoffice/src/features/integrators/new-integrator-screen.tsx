import { createIntegrator } from '@rnoce/api-client/integrators';
import { CreateIntegratorBody } from '@rnoce/schemas/integrators';
import { validate } from '@rnoce/schemas/issues';
import type { Authority } from '@rnoce/schemas/operator-types';
import { integratorKinds } from '@rnoce/schemas/scopes';
import { warm } from '@rnoce/shell/query-client';
import { issueResolver } from '@rnoce/ui';
import { RadioField } from '@rnoce/ui/choice-fields';
import { useT } from '@rnoce/ui/i18n';
import { SelectField } from '@rnoce/ui/select-field';
import { TextField } from '@rnoce/ui/text-field';
import { useQuery } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { issuersQuery } from '../../api/finance-queries.ts';
import { paths } from '../../paths.ts';
import { NewRecord } from '../../records/new-record.tsx';
import type { Once } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import { ContactFields } from './contact-fields.tsx';
import './integrators.css';

interface Typed {
  kind: (typeof integratorKinds)[number];
  issuer: string;
  subscriptionCode: string;
  name: string;
  email: string;
  locale: string;
}

export const loader = () => warm(issuersQuery);

/** What the API takes: of whom it is for, what the kind asks. */
function bodyOf({ kind, issuer, subscriptionCode, ...contact }: Typed, authority: Authority | undefined) {
  if (kind === 'issuer') return { kind, issuer, ...contact };
  return kind === 'authority' ? { kind, authority, ...contact } : { kind, subscriptionCode, ...contact };
}

/** « Nouvel intégrateur »: for whom its programs work, and whom we write to. */
export function Component() {
  const t = useT();
  const agent = useAgent();
  const issuers = useQuery(issuersQuery).data ?? [];
  const form = useForm<Typed>({
    defaultValues: { kind: 'issuer', issuer: '', subscriptionCode: '', name: '', email: '', locale: 'fr' },
    shouldFocusError: false,
    resolver: issueResolver(
      (values) => validate(CreateIntegratorBody, bodyOf(values, agent?.authority)).issues,
    ),
  });
  const kind = useWatch({ control: form.control, name: 'kind' });
  const make = async (values: Typed, once: Once) => {
    const body = CreateIntegratorBody.parse(bodyOf(values, agent?.authority));
    const { data } = await once(body, (idempotencyKey) => createIntegrator(client, { body, idempotencyKey }));
    return { to: paths.integrator(data.id), told: t('integrators:new.done') };
  };
  return (
    <NewRecord
      form={form}
      back={{ to: paths.integrators, label: t('integrators:one.back') }}
      title={t('integrators:new.title')}
      action={t('integrators:new.action')}
      make={make}
    >
      <RadioField
        name="kind"
        label={t('integrators:new.for')}
        required
        options={integratorKinds.map((one) => ({
          value: one,
          label: t(`integrators:kind.${one}`),
          detail: t(`integrators:kind-detail.${one}`),
        }))}
      />
      {kind === 'issuer' ? (
        <SelectField
          name="issuer"
          label={t('integrators:kind.issuer')}
          required
          placeholder={t('integrators:new.choose-issuer')}
          options={issuers
            .filter(({ active }) => active)
            .map(({ code, name }) => ({ value: code, label: name }))}
        />
      ) : null}
      {kind === 'authority' && agent ? (
        <p className="rnoce-hint">
          {t('integrators:new.authority-detail', {
            authority: t(`reference:authority.${agent.authority}`),
          })}
        </p>
      ) : null}
      {kind === 'operator' ? (
        <TextField
          name="subscriptionCode"
          label={t('integrators:new.subscription-code')}
          help={t('integrators:new.subscription-code-detail')}
          required
          code
          maxLength={20}
          autoComplete="off"
        />
      ) : null}
      <ContactFields />
    </NewRecord>
  );
}
