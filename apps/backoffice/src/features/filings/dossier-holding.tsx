import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { holdFiling, releaseFiling } from '@rnoce/api-client/filings';
import type { Dossier } from '@rnoce/schemas/filings';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dossierQuery } from '../../api/queries.ts';
import { Age } from '../../lists/age.tsx';
import { client } from '../../session/session.ts';
import { useAgent } from '../../session/use-session.ts';
import { Holder } from './queue-table.tsx';
import type { VerdictStore } from './verdict-store.ts';

/** Who holds the dossier, and how to take it or give it back. What is prepared is saved before it is given back. */
export function DossierHolding({ dossier, store }: { dossier: Dossier; store: VerdictStore }) {
  const t = useT();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const agent = useAgent();
  const [busy, setBusy] = useState(false);
  const { id, holder } = dossier;
  const run = async (act: () => Promise<{ version: number | undefined }>) => {
    setBusy(true);
    try {
      const { version } = await act();
      if (version !== undefined) store.advance(version);
    } catch (error) {
      const moved = error instanceof ApiError && error.code === 'stale';
      notify(moved ? t('desk:holding.taken-meanwhile') : sentence(error), 'warning');
    } finally {
      setBusy(false);
      await queries.invalidateQueries(dossierQuery(id));
    }
  };
  // With the version that is shown: a colleague who took it a moment ago is seen first.
  const take = () => run(() => holdFiling(client, { params: { id }, version: dossier.version }));
  const release = () =>
    run(async () => {
      await store.flush();
      return await releaseFiling(client, { params: { id } });
    });
  if (holder && holder.id !== agent?.id) {
    return (
      <Notice tone="warning">
        <p>
          {t('desk:holding.held', { name: `\u2068${holder.name}\u2069` })} <Age since={holder.since} />.
        </p>
        <p className="rnoce-hint">{t('desk:holding.take-detail')}</p>
        <Button size="sm" variant="outline" loading={busy} onClick={take}>
          {t('desk:holding.take-over')}
        </Button>
      </Notice>
    );
  }
  return (
    <div className="backoffice-holding">
      <Holder filing={dossier} />
      <Button size="sm" variant="subtle" loading={busy} onClick={holder ? release : take}>
        {holder ? t('desk:holding.release') : t('desk:holding.take')}
      </Button>
    </div>
  );
}
