import { Button } from '@mantine/core';
import { giveSettlementFile } from '@rnoce/api-client/reconciliation';
import { casablancaDate } from '@rnoce/schemas/casablanca-time';
import type { PaymentProvider } from '@rnoce/schemas/payment-states';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { forgetFinance } from '../../api/finance-queries.ts';
import { paths } from '../../paths.ts';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { DateFilter } from './date-filter.tsx';
import { providerName } from './words.tsx';

const yesterday = (): string => casablancaDate(new Date(Date.now() - 86_400_000));

/** Gives a provider's file; its report opens. */
export function GiveFile({ providers }: { providers: readonly PaymentProvider[] }) {
  const t = useT();
  const navigate = useNavigate();
  const file = useRef<HTMLInputElement>(null);
  const [provider, setProvider] = useState<PaymentProvider | undefined>(providers[0]);
  const [day, setDay] = useState(yesterday);
  const { busy, fault, run } = useAct(forgetFinance);
  const give = (event: FormEvent) => {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    if (!chosen || !provider || day === '') return;
    void run(async () => {
      const bytes = new Blob([chosen], { type: 'text/csv' });
      const { data } = await giveSettlementFile(client, { query: { provider, day }, bytes });
      await navigate(paths.file(data.id), { state: { repeated: data.repeated } });
    });
  };
  return (
    <form className="finance-upload" onSubmit={give} aria-label={t('finance:files.give')}>
      <p className="rnoce-hint">{t('finance:files.detail')}</p>
      <label className="backoffice-filter">
        <span>{t('finance:files.provider')}</span>
        <select
          className="rnoce-input"
          value={provider}
          onChange={(event) => setProvider(providers.find((one) => one === event.currentTarget.value))}
        >
          {providers.map((one) => (
            <option key={one} value={one}>
              {providerName(t, one)}
            </option>
          ))}
        </select>
      </label>
      <DateFilter label={t('finance:files.day')} value={day} onChange={setDay} />
      <label className="backoffice-filter">
        <span>{t('finance:files.choose')}</span>
        <input ref={file} type="file" accept=".csv,text/csv" required className="rnoce-input" />
      </label>
      <Button type="submit" loading={busy}>
        {t('finance:files.compare')}
      </Button>
      <output className="rnoce-visually-hidden">{busy ? t('finance:files.comparing') : ''}</output>
      {fault === undefined ? null : (
        <div>
          <Notice tone="danger" live="assertive">
            <p>{fault}</p>
          </Notice>
        </div>
      )}
    </form>
  );
}
