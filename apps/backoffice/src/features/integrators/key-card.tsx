import { Button } from '@mantine/core';
import { revokeApiKey } from '@rnoce/api-client/integrators';
import { formatDate, formatDateTime } from '@rnoce/i18n';
import type { ApiKey } from '@rnoce/schemas/integrators';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { IconKeyOff } from '@tabler/icons-react';
import { useState } from 'react';
import { forgetIntegrators } from '../../api/integrator-queries.ts';
import { Facts } from '../../records/facts.tsx';
import { Fault } from '../../records/fault.tsx';
import { useAct } from '../../records/use-act.ts';
import { client } from '../../session/session.ts';
import { KeyBadge, Moment, scopeName } from './words.tsx';

/** A key with what it opens, until when, and its last use; never its secret part. */
export function KeyCard({ apiKey }: { apiKey: ApiKey }) {
  const t = useT();
  const { id, name, allowedAddresses, lastUsedAt, lastUsedFrom, revokedAt, revokedBy } = apiKey;
  return (
    <article className="record-card">
      <div className="record-card-head">
        <h3>
          <bdi>{name}</bdi> <bdi className="rnoce-code integrators-hint">{apiKey.hint}</bdi>
        </h3>
        <KeyBadge apiKey={apiKey} />
      </div>
      <ul className="integrators-tags" aria-label={t('integrators:key.scopes')}>
        {apiKey.scopes.map((scope) => (
          <li key={scope}>{scopeName(t, scope)}</li>
        ))}
      </ul>
      <Facts
        facts={[
          [
            t('integrators:key.expires'),
            <bdi key="expires" className="rnoce-tabular">
              {formatDate(apiKey.expiresOn)}
            </bdi>,
          ],
          [
            t('integrators:key.addresses'),
            allowedAddresses.length === 0 ? (
              t('integrators:key.anywhere')
            ) : (
              <bdi key="addresses" className="rnoce-code">
                {allowedAddresses.join(', ')}
              </bdi>
            ),
          ],
          [
            t('integrators:key.last-used'),
            lastUsedAt !== null && lastUsedFrom !== null ? (
              <bdi key="used">
                {t('integrators:key.used-from', { at: formatDateTime(lastUsedAt), address: lastUsedFrom })}
              </bdi>
            ) : (
              <Moment key="used" at={lastUsedAt} />
            ),
          ],
          [
            t('integrators:key.created'),
            apiKey.createdBy === '' ? (
              <Moment key="created" at={apiKey.createdAt} />
            ) : (
              t('integrators:key.by', { at: formatDateTime(apiKey.createdAt), name: apiKey.createdBy })
            ),
          ],
          [
            t('integrators:key.revoked-at'),
            revokedAt &&
              (revokedBy === null ? (
                <Moment key="revoked" at={revokedAt} />
              ) : (
                t('integrators:key.by', { at: formatDateTime(revokedAt), name: revokedBy })
              )),
          ],
        ]}
      />
      {apiKey.status === 'live' ? <Revocation id={id} name={name} /> : null}
    </article>
  );
}

function Revocation({ id, name }: Pick<ApiKey, 'id' | 'name'>) {
  const t = useT();
  const { busy, fault, run } = useAct(forgetIntegrators);
  const [asking, setAsking] = useState(false);
  const revoke = () =>
    run(async () => {
      try {
        await revokeApiKey(client, { params: { id } });
        notify(t('integrators:key.revoked-notice'), 'success');
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
          variant="outline"
          color="red"
          leftSection={<IconKeyOff className="rnoce-icon" aria-hidden />}
          aria-label={t('integrators:key.revoke-name', { name })}
          onClick={() => setAsking(true)}
        >
          {t('integrators:key.revoke')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title={t('integrators:key.revoke-name', { name })}
        confirmLabel={t('integrators:key.revoke-confirm')}
        cancelLabel={t('integrators:key.keep')}
        danger
        busy={busy}
        onConfirm={() => void revoke()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('integrators:key.revoke-detail')}</p>
      </ConfirmDialog>
    </>
  );
}
