import { redeliverFailed } from '@rnoce/api-client/webhooks';
import { casablancaDate, startOfCasablancaDay } from '@rnoce/schemas/casablanca-time';
import { CalendarDate } from '@rnoce/schemas/primitives';
import { eventKeptDays, type WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { issueResolver } from '@rnoce/ui';
import { DateField } from '@rnoce/ui/date-field';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { FormDialog } from '../../records/form-dialog.tsx';
import { useOnce } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';

const dayMs = 86_400_000;

/** Sends again what an endpoint never took since a day: by default since it fails, or took the last one. */
export function RedeliverDialog({
  endpoint: { id, failingSince, lastDeliveredAt, createdAt },
  onClose,
}: {
  endpoint: WebhookEndpoint;
  onClose: () => void;
}) {
  const t = useT();
  const once = useOnce();
  const [now] = useState(() => new Date());
  const today = casablancaDate(now);
  const oldest = casablancaDate(new Date(now.getTime() - eventKeptDays * dayMs));
  const lastGood = casablancaDate(new Date(failingSince ?? lastDeliveredAt ?? createdAt));
  const form = useForm<{ since: string }>({
    defaultValues: { since: lastGood > oldest ? lastGood : oldest },
    shouldFocusError: false,
    resolver: issueResolver(({ since }) => {
      if (since === '') return [{ pointer: '/since', code: 'required' }];
      if (!CalendarDate.safeParse(since).success) return [{ pointer: '/since', code: 'date_invalid' }];
      return since > today ? [{ pointer: '/since', code: 'date_in_future' }] : [];
    }),
  });
  const send = async ({ since }: { since: string }) => {
    const body = { since: startOfCasablancaDay(since).toISOString() };
    const { data } = await once(body, (idempotencyKey) =>
      redeliverFailed(client, { params: { id }, body, idempotencyKey }),
    );
    if (data.count === 0) notify(t('integrators:redeliver.none'), 'info');
    else notify(t('integrators:redeliver.done', { count: data.count }), 'success');
    onClose();
  };
  return (
    <FormDialog
      form={form}
      title={t('integrators:redeliver.title')}
      action={t('integrators:redeliver.action')}
      before={<p>{t('integrators:redeliver.detail')}</p>}
      forget={forgetAdministration}
      onSubmit={send}
      onClose={onClose}
    >
      <DateField name="since" label={t('integrators:redeliver.since')} required min={oldest} max={today} />
    </FormDialog>
  );
}
