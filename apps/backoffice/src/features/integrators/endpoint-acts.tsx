import { Button } from '@mantine/core';
import { changeWebhookEndpoint, testWebhookEndpoint } from '@rnoce/api-client/webhooks';
import type { WebhookEndpoint } from '@rnoce/schemas/webhooks';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { paths } from '../../paths.ts';
import { Fault } from '../../records/fault.tsx';
import { useAct } from '../../records/use-act.ts';
import { useOnce } from '../../records/use-once.ts';
import { client } from '../../session/session.ts';

/** What can be done about an endpoint; `children` come first. A test leads to its delivery, where its answer appears. */
export function EndpointActs({ endpoint, children }: { endpoint: WebhookEndpoint; children?: ReactNode }) {
  const t = useT();
  const navigate = useNavigate();
  const { id, integratorId, url, enabled, disabledReason } = endpoint;
  const { busy, fault, run } = useAct(forgetAdministration);
  const once = useOnce();
  const params = { id };
  const test = () =>
    run(async () => {
      const { data } = await once(params, (idempotencyKey) =>
        testWebhookEndpoint(client, { params, idempotencyKey }),
      );
      await navigate(paths.delivery(integratorId, id, data.id));
    });
  const setEnabled = (wanted: boolean) =>
    run(async () => {
      await changeWebhookEndpoint(client, { params, body: { enabled: wanted } });
      notify(
        wanted ? t('integrators:endpoint.enabled-notice') : t('integrators:endpoint.disabled-notice'),
        'success',
      );
    });
  return (
    <>
      <Fault text={fault} />
      <div className="record-actions">
        {children}
        {enabled ? (
          <>
            <Button
              size="sm"
              variant="outline"
              loading={busy}
              aria-label={t('integrators:endpoint.test-name', { url })}
              leftSection={<IconSend className="rnoce-icon rnoce-mirror" aria-hidden />}
              onClick={() => void test()}
            >
              {t('integrators:endpoint.test')}
            </Button>
            <Button
              size="sm"
              variant="subtle"
              color="red"
              loading={busy}
              aria-label={t('integrators:endpoint.disable-name', { url })}
              leftSection={<IconPlayerPause className="rnoce-icon" aria-hidden />}
              onClick={() => void setEnabled(false)}
            >
              {t('integrators:endpoint.disable')}
            </Button>
          </>
        ) : disabledReason === 'operator' ? null : (
          <Button
            size="sm"
            variant="outline"
            loading={busy}
            aria-label={t('integrators:endpoint.enable-name', { url })}
            leftSection={<IconPlayerPlay className="rnoce-icon rnoce-mirror" aria-hidden />}
            onClick={() => void setEnabled(true)}
          >
            {t('integrators:endpoint.enable')}
          </Button>
        )}
      </div>
    </>
  );
}
