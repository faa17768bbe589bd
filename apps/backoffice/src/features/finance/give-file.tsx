import { Button } from '@mantine/core';
import { giveSettlementFile } from '@rnoce/api-client/reconciliation';
import { casablancaDate } from '@rnoce/schemas/casablanca-time';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { DateInput, isDay } from '@rnoce/ui/date-input';
import { useIssueMessage } from '@rnoce/ui/field-message';
import { FileInput } from '@rnoce/ui/file-input';
import { useT } from '@rnoce/ui/i18n';
import { Select } from '@rnoce/ui/select';
import { Notice } from '@rnoce/ui/status-badge';
import { type FormEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { forgetFinance } from '../../api/finance-queries.ts';
import { paths } from '../../paths.ts';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { providerName } from './words.tsx';

const yesterday = (): string => casablancaDate(new Date(Date.now() - 86_400_000));

/** Gives a provider's file; its report opens. */
export function GiveFile({ providers }: { providers: readonly PaymentProvider[] }) {
  const t = useT();
  const navigate = useNavigate();
  const id = useId();
  const message = useIssueMessage();
  const [file, setFile] = useState<File>();
  const [provider, setProvider] = useState<PaymentProvider | undefined>(providers[0]);
  const [day, setDay] = useState(yesterday);
  // What stops a sending before it: said once it was tried.
  const [lacking, setLacking] = useState<string>();
  const { busy, fault, run } = useAct(forgetFinance);
  const give = (event: FormEvent) => {
    event.preventDefault();
    const dayLacks = isDay(day) ? undefined : day === '' ? 'required' : 'date_invalid';
    setLacking(
      dayLacks
        ? t('common:labelled', { label: t('finance:files.day'), value: message(dayLacks) })
        : file
          ? undefined
          : t('common:labelled', { label: t('finance:files.choose'), value: message('required') }),
    );
    if (dayLacks || !file || !provider) return;
    void run(async () => {
      const bytes = new Blob([file], { type: 'text/csv' });
      const { data } = await giveSettlementFile(client, { query: { provider, day }, bytes });
      await navigate(paths.file(data.id), { state: { repeated: data.repeated } });
    });
  };
  const told = lacking ?? fault;
  return (
    <form noValidate className="finance-upload" onSubmit={give} aria-label={t('finance:files.give')}>
      <p className="rnoce-hint">{t('finance:files.detail')}</p>
      <label className="backoffice-filter">
        <span>{t('finance:files.provider')}</span>
        <Select
          value={provider}
          onChange={(event) => setProvider(providers.find((one) => one === event.currentTarget.value))}
        >
          {providers.map((one) => (
            <option key={one} value={one}>
              {providerName(t, one)}
            </option>
          ))}
        </Select>
      </label>
      <div className="backoffice-filter">
        <label htmlFor={`${id}-day`}>{t('finance:files.day')}</label>
        <DateInput id={`${id}-day`} label={t('finance:files.day')} value={day} onValue={setDay} />
      </div>
      <div className="backoffice-filter">
        <label htmlFor={`${id}-file`}>{t('finance:files.choose')}</label>
        <FileInput id={`${id}-file`} accept=".csv,text/csv" file={file} onChoose={setFile} />
      </div>
      <Button type="submit" loading={busy}>
        {t('finance:files.compare')}
      </Button>
      <output className="rnoce-visually-hidden">{busy ? t('finance:files.comparing') : ''}</output>
      {told === undefined ? null : (
        <div>
          <Notice tone="danger" live="assertive">
            <p>{told}</p>
          </Notice>
        </div>
      )}
    </form>
  );
}
