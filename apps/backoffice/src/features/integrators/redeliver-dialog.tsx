import { Button, Group, Modal } from '@mantine/core';
import { redeliverFailed } from '@rnoce/api-client/webhooks';
import { casablancaDate, startOfCasablancaDay } from '@rnoce/schemas/casablanca-time';
import { CalendarDate } from '@rnoce/schemas/primitives';
import { eventKeptDays, type WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { useShowProblem } from '@rnoce/shell/show-problem';
import { issueResolver } from '@rnoce/ui';
import '@rnoce/ui/app-styles';
import { DateField } from '@rnoce/ui/date-field';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { forgetIntegrators } from '../../api/integrator-queries.ts';
import { client } from '../../session/session.ts';
import { useOnce } from './use-once.ts';

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
  const showProblem = useShowProblem();
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
    try {
      const { data } = await once(body, (idempotencyKey) =>
        redeliverFailed(client, { params: { id }, body, idempotencyKey }),
      );
      if (data.count === 0) notify(t('integrators:redeliver.none'), 'info');
      else notify(t('integrators:redeliver.done', { count: data.count }), 'success');
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
    void forgetIntegrators();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('integrators:redeliver.title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <p>{t('integrators:redeliver.detail')}</p>
      <Form form={form} onSubmit={send} label={t('integrators:redeliver.title')}>
        <DateField name="since" label={t('integrators:redeliver.since')} required min={oldest} max={today} />
        <Group justify="flex-end" mt="lg">
          <Button variant="outline" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {t('integrators:redeliver.action')}
          </Button>
        </Group>
      </Form>
    </Modal>
  );
}
