import { Button } from '@mantine/core';
import { revokeApiKey } from '@rnoce/api-client/integrators';
import type { ApiKey } from '@rnoce/schemas/integrators';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { IconKeyOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forgetAdministration } from '../../api/administration-queries.ts';
import { endpointsQuery } from '../../api/integrator-queries.ts';
import { Fault } from '../../records/fault.tsx';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';

/** What a key could change, as long as it is known; a key that couldn't manage webhooks could change none. */
function useEndpointsOf({ integratorId, scopes }: ApiKey): readonly string[] {
  const { data = [] } = useQuery(endpointsQuery(integratorId));
  return scopes.includes('webhooks:manage') ? data.map(({ url }) => url) : [];
}

/**
 * Revokes a key, and says what it could change when it may be in other hands. That is often known later: a key that works no more is
 * reported all the same, once.
 */
export function KeyRevocation({ apiKey }: { apiKey: ApiKey }) {
  const t = useT();
  const { id, name, compromisedAt } = apiKey;
  const live = apiKey.status === 'live';
  const urls = useEndpointsOf(apiKey);
  const { busy, fault, run } = useAct(forgetAdministration);
  const [asking, setAsking] = useState(false);
  const [ticked, setTicked] = useState(false);
  if (!live && (compromisedAt !== null || urls.length === 0)) return null;
  const compromised = ticked || !live;
  const disables = compromised && urls.length > 0;
  const title = live
    ? t('integrators:key.revoke-name', { name })
    : t('integrators:key.report-name', { name });
  const ask = () => {
    setTicked(false);
    setAsking(true);
  };
  const revoke = () =>
    run(async () => {
      try {
        await revokeApiKey(client, {
          params: { id },
          ...(compromised && { query: { compromised: 'true' } }),
        });
        if (!live) notify(t('integrators:key.reported-notice'), 'success');
        else if (disables) notify(t('integrators:key.compromised-notice'), 'success');
        else notify(t('integrators:key.revoked-notice'), 'success');
      } finally {
        setAsking(false);
      }
    });
  return (
    <>
      <Fault text={fault} />
      <div className="record-actions">
        <Button
          size="sm"
          variant={live ? 'outline' : 'subtle'}
          color="red"
          leftSection={<IconKeyOff className="rnoce-icon" aria-hidden />}
          aria-label={title}
          onClick={ask}
        >
          {live ? t('integrators:key.revoke') : t('integrators:key.report')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title={title}
        confirmLabel={
          !live
            ? t('integrators:key.report-confirm')
            : disables
              ? t('integrators:key.compromised-confirm')
              : t('integrators:key.revoke-confirm')
        }
        {...(live && { cancelLabel: t('integrators:key.keep') })}
        danger
        busy={busy}
        onConfirm={() => void revoke()}
        onCancel={() => setAsking(false)}
      >
        {live ? <p>{t('integrators:key.revoke-detail')}</p> : null}
        {urls.length === 0 ? null : (
          <>
            <p>{t('integrators:key.compromised-endpoints')}</p>
            <ul className="integrators-urls">
              {urls.map((url) => (
                <li key={url}>
                  <bdi className="rnoce-code integrators-url">{url}</bdi>
                </li>
              ))}
            </ul>
          </>
        )}
        {live ? (
          <label className="rnoce-choice">
            <input
              type="checkbox"
              checked={ticked}
              onChange={({ currentTarget }) => setTicked(currentTarget.checked)}
            />
            <span>
              {t('integrators:key.compromised')}
              <span className="rnoce-choice-detail">
                {urls.length > 0
                  ? t('integrators:key.compromised-detail')
                  : t('integrators:key.compromised-noted')}
              </span>
            </span>
          </label>
        ) : (
          <p>{t('integrators:key.compromised-detail')}</p>
        )}
        {live && urls.length > 0 ? <p className="rnoce-hint">{t('integrators:key.endpoints-stay')}</p> : null}
      </ConfirmDialog>
    </>
  );
}
