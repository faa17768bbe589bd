import { Button } from '@mantine/core';
import { exportAccount, updateAccount } from '@rnoce/api-client/accounts';
import { isLocale, type Locale, languageNames, locales } from '@rnoce/i18n';
import type { Account } from '@rnoce/schemas/account';
import { updateAccount as route } from '@rnoce/schemas/accounts';
import { warm } from '@rnoce/shell/query-client';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { RadioField } from '@rnoce/ui/choice-fields';
import { Form } from '@rnoce/ui/form';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { programsQuery } from '../../api/programs-query.ts';
import { DoneNote } from '../../forms/done-note.tsx';
import { schemaResolver } from '../../forms/schema-resolver.ts';
import { client } from '../../session/session.ts';
import { sessionStore } from '../../session/session-store.ts';
import { useAccount } from '../../session/use-session.ts';
import { AccountPhoneField, AddressField } from './contact-fields.tsx';
import { ProgramsSection } from './programs-section.tsx';

export const loader = () => warm(programsQuery);

interface Values {
  phone: string;
  address: string;
  locale: string;
}

const resolver = schemaResolver<Values>(route.body.required());
const localeChoices = locales.map((locale) => ({ value: locale, label: languageNames[locale] }));

/** « Mes informations »: what the account can change itself, the programs that act for it, and the copy of everything that is kept about it. */
export function Component() {
  const t = useT();
  const account = useAccount();
  return (
    <>
      <div className="rnoce-card">
        <PageTitle title={t('portal:information.title')} />
        {account ? <InformationForm account={account} /> : null}
      </div>
      <ProgramsSection />
      <ExportCard />
    </>
  );
}

function InformationForm({ account }: { account: Account }) {
  const t = useT();
  const { setLocale } = useLocale();
  const showProblem = useShowProblem();
  const [saved, setSaved] = useState(0);
  const form = useForm<Values>({
    resolver,
    shouldFocusError: false,
    defaultValues: { phone: account.phone, address: account.address, locale: account.locale },
  });
  // The switch of the page writes the account too: saving an address must not put the language back.
  const { resetField } = form;
  useEffect(() => resetField('locale', { defaultValue: account.locale }), [account.locale, resetField]);
  return (
    <>
      <dl className="portal-facts">
        <div>
          <dt>{t('portal:sign-up.legal-name')}</dt>
          <dd>
            <bdi>{account.legalName}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('portal:sign-in.email')}</dt>
          <dd>
            <bdi>{account.email}</bdi>
          </dd>
        </div>
      </dl>
      <p className="rnoce-hint">{t('portal:information.fixed')}</p>
      <DoneNote times={saved} text={t('portal:information.saved')} />
      <div className="portal-form-column">
        <Form
          form={form}
          label={t('portal:information.title')}
          onSubmit={async ({ phone, address, locale }) => {
            const chosen: Locale = isLocale(locale) ? locale : account.locale;
            try {
              const { data } = await updateAccount(client, { body: { phone, address, locale: chosen } });
              sessionStore.setPrincipal(data);
              form.reset({ phone: data.phone, address: data.address, locale: data.locale });
              await setLocale(data.locale);
              setSaved((count) => count + 1);
            } catch (error) {
              showProblem(form, error);
            }
          }}
        >
          <AccountPhoneField />
          <AddressField />
          <RadioField<Values>
            name="locale"
            label={t('portal:information.locale')}
            help={t('portal:information.locale-help')}
            required
            options={localeChoices}
          />
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('common:action.save')}
          </Button>
        </Form>
      </div>
    </>
  );
}

function ExportCard() {
  const t = useT();
  const sentence = useErrorSentence();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  return (
    <section className="rnoce-card portal-next-card" aria-labelledby="export-title">
      <h2 id="export-title">{t('portal:export.title')}</h2>
      <p>{t('portal:export.detail')}</p>
      {error === undefined ? null : (
        <div className="portal-form-note">
          <Notice tone="danger" live="assertive">
            <p>{sentence(error)}</p>
          </Notice>
        </div>
      )}
      <Button
        variant="outline"
        loading={busy}
        onClick={async () => {
          setBusy(true);
          setError(undefined);
          try {
            const { data } = await exportAccount(client, {});
            saveFile('rnoce-mes-donnees.json', JSON.stringify(data, null, 2));
          } catch (failure) {
            setError(failure);
          } finally {
            setBusy(false);
          }
        }}
      >
        {t('portal:export.action')}
      </Button>
    </section>
  );
}

/** Hands a JSON text to the person as a file. */
function saveFile(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
