import { Button } from '@mantine/core';
import { readRequestRegistry } from '@rnoce/api-client/customs-requests';
import { formatDateTime } from '@rnoce/i18n';
import type { CustomsRequestDossier } from '@rnoce/schemas/customs-requests';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { operationQuery } from '../../api/operation-queries.ts';
import { client } from '../../session/session.ts';
import { changedBetween } from './changed-between.ts';
import { waitsForAgent } from './waits-for-agent.ts';

/** Reads BADR again for a request, and tells what that changed. */
export function useRegistryReading(dossier: CustomsRequestDossier): {
  /** Whether it still matters. */
  readonly waits: boolean;
  readonly reading: boolean;
  readonly read: () => Promise<void>;
} {
  const t = useT();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const [reading, setReading] = useState(false);
  const read = async () => {
    if (reading || !waitsForAgent(dossier)) return;
    setReading(true);
    try {
      const { data } = await readRequestRegistry(client, { params: { id: dossier.id } });
      queries.setQueryData(operationQuery(dossier.id).queryKey, data);
      const { values, account } = changedBetween(dossier, data);
      const count = values.length + (account ? 1 : 0);
      if (data.registry.status === 'unavailable') notify(t('operations-desk:registry.no-answer'), 'warning');
      else if (count > 0) notify(t('operations-desk:registry.changed', { count }), 'warning');
      else notify(t('operations-desk:registry.same'), 'success');
    } catch (error) {
      notify(sentence(error), 'warning');
    } finally {
      setReading(false);
    }
  };
  return { waits: waitsForAgent(dossier), reading, read };
}

/** BADR's word on the account: when it was read, and reading it again. */
export function OperationRegistry({
  dossier,
  reading,
  onRead,
}: {
  dossier: CustomsRequestDossier;
  reading: boolean;
  onRead: () => void;
}) {
  const t = useT();
  const { type, registry, changes } = dossier;
  const overtaken = changes.filter((change) => change.overtaken).length;
  const silent = registry.status === 'unavailable' || registry.readAt === null;
  // What is asked is already so, or can't be written on a closed account.
  const unexpected = registry.accountStatus === (type === 'restoration' ? 'active' : 'cancelled');
  if (!waitsForAgent(dossier)) {
    return registry.readAt === null ? null : (
      <Notice tone="info">
        <p>{t('operations-desk:registry.then', { at: `\u2066${formatDateTime(registry.readAt)}\u2069` })}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone={
        silent || unexpected || overtaken > 0 || registry.status === 'not_registered' ? 'warning' : 'success'
      }
    >
      <div className="operations-registry">
        <div>
          <p>
            {registry.status === 'registered' && registry.accountStatus
              ? t(`operations-desk:registry.account.${registry.accountStatus}`)
              : t(`reference:registry-status.${registry.status}`)}{' '}
            {unexpected ? t(`operations-desk:registry.unexpected.${type}`) : null}
          </p>
          <p>
            {registry.readAt === null
              ? t('operations-desk:registry.never')
              : t(`operations-desk:registry.${silent ? 'last-read' : 'read'}`, {
                  at: `\u2066${formatDateTime(registry.readAt)}\u2069`,
                })}{' '}
            {overtaken > 0 ? t('operations-desk:registry.overtaken', { count: overtaken }) : null}
          </p>
        </div>
        <Button
          size="sm"
          variant="outline"
          loading={reading}
          leftSection={<IconRefresh className="rnoce-icon" aria-hidden />}
          onClick={onRead}
        >
          {t('operations-desk:registry.read-again')}
        </Button>
      </div>
    </Notice>
  );
}
