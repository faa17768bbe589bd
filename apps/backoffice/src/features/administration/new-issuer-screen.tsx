import { createIssuer } from '@rnoce/api-client/issuers';
import { CreateIssuerBody } from '@rnoce/schemas/issuers';
import { validate } from '@rnoce/schemas/issues';
import { issueResolver } from '@rnoce/ui';
import { useT } from '@rnoce/ui/i18n';
import { TextField } from '@rnoce/ui/text-field';
import { useForm } from 'react-hook-form';
import { paths } from '../../paths.ts';
import { NewRecord } from '../../records/new-record.tsx';
import type { Once } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';

/** « Nouvel émetteur »: its code, once for all, and the name that payers read. */
export function Component() {
  const t = useT();
  const form = useForm({
    defaultValues: { code: '', name: '' },
    shouldFocusError: false,
    resolver: issueResolver((values) =>
      validate(CreateIssuerBody, values).issues.map((issue) =>
        issue.pointer === '/code' && issue.code === 'invalid'
          ? { ...issue, code: t('administration:issuer.code-rule') }
          : issue,
      ),
    ),
  });
  const make = async (values: object, once: Once) => {
    const body = CreateIssuerBody.parse(values);
    const { data } = await once(body, (idempotencyKey) => createIssuer(client, { body, idempotencyKey }));
    return { to: paths.issuer(data.code), told: t('administration:new-issuer.done') };
  };
  return (
    <NewRecord
      form={form}
      back={{ to: paths.issuers, label: t('administration:issuer.back') }}
      title={t('administration:new-issuer.title')}
      action={t('administration:new-issuer.action')}
      make={make}
    >
      <TextField
        name="code"
        label={t('administration:issuer.code')}
        help={t('administration:issuer.code-detail')}
        required
        code
        maxLength={30}
        autoComplete="off"
      />
      <TextField
        name="name"
        label={t('administration:issuer.name')}
        help={t('administration:issuer.name-detail')}
        required
        maxLength={120}
        autoComplete="off"
      />
    </NewRecord>
  );
}
