import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { readRequestRegistry, resendCustomsRequest } from '@rnoce/api-client/customs-requests';
import type { CustomsRequestDossier, RequestChange } from '@rnoce/schemas/customs-requests';
import { Dialog } from '@rnoce/ui/dialog';
import { useT } from '@rnoce/ui/i18n';
import { notify } from '@rnoce/ui/notifications';
import { ErrorState, LoadingState, useErrorSentence } from '@rnoce/ui/states';
import { Notice } from '@rnoce/ui/status-badge';
import { IconArrowRight, IconArrowsDiff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { forgetOperations, operationQuery } from '../../api/operation-queries.ts';
import { FieldValue } from '../../dossiers/field-value.tsx';
import { fieldOf } from '../../dossiers/item-label.ts';
import { client } from '../../session/session.ts';
import { isManagerChange, useRequestItemLabel } from './request-item-label.ts';
import '../../dossiers/decision-dialog.css';
import './operations.css';

/** Sends a request over what BADR holds now: it is read first, so that nothing is overwritten unseen. */
export function ResendDialog({ id, onClose }: { id: CustomsRequestDossier['id']; onClose: () => void }) {
  const t = useT();
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  // One key a reading: a retry after a lost answer sends nothing twice.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const faultBox = useRef<HTMLDivElement>(null);
  const fresh = useQuery({
    queryKey: ['operations', 'reading', id],
    queryFn: async ({ signal }) => {
      const { data } = await readRequestRegistry(client, { params: { id }, signal });
      queries.setQueryData(operationQuery(id).queryKey, data);
      return data;
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const send = async (dossier: CustomsRequestDossier) => {
    setBusy(true);
    setFault(undefined);
    try {
      const { data } = await resendCustomsRequest(client, {
        params: { id },
        version: dossier.version,
        idempotencyKey: key,
      });
      queries.setQueryData(operationQuery(id).queryKey, data);
      notify(t('operations-desk:effect.resent'), 'success');
      void forgetOperations();
      onClose();
    } catch (failure) {
      const code = failure instanceof ApiError ? failure.code : undefined;
      if (code === 'stale') {
        setKey(crypto.randomUUID());
        await fresh.refetch();
      }
      setFault(
        code === 'stale'
          ? t('operations-desk:effect.changed-again')
          : code === 'registry_unavailable'
            ? t('operations-desk:effect.unread.unavailable')
            : sentence(failure),
      );
      requestAnimationFrame(() => faultBox.current?.focus());
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog size="lg" onClose={onClose} title={t('operations-desk:effect.resend')}>
      <div className="backoffice-decision" tabIndex={-1} data-autofocus>
        {fresh.data ? (
          <Resent dossier={fresh.data} />
        ) : fresh.isError ? (
          <ErrorState error={fresh.error} onRetry={() => void fresh.refetch()} />
        ) : (
          <LoadingState lines={4} />
        )}
        <div ref={faultBox} tabIndex={-1}>
          {fault === undefined ? null : (
            <Notice tone="danger" live="assertive">
              <p>{fault}</p>
            </Notice>
          )}
        </div>
      </div>
      <div className="backoffice-actions rnoce-dialog-actions">
        <Button
          loading={busy}
          aria-disabled={fresh.data?.registry.status === 'registered' ? undefined : true}
          onClick={() => {
            // Over what was just read, or not at all.
            if (fresh.data?.registry.status === 'registered') void send(fresh.data);
          }}
        >
          {t('operations-desk:effect.resend-confirm')}
        </Button>
        <Button variant="outline" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}

/** What BADR holds now, and what will be written over it. */
function Resent({ dossier }: { dossier: CustomsRequestDossier }) {
  const t = useT();
  const labelOf = useRequestItemLabel(dossier);
  const { registry, changes, type } = dossier;
  if (registry.status !== 'registered') {
    return (
      <Notice tone="warning">
        <p>{t(`operations-desk:effect.unread.${registry.status}`)}</p>
      </Notice>
    );
  }
  const sent = changes.filter(({ verdict }) => verdict !== 'refused');
  return (
    <>
      <p>{t(`operations-desk:effect.resend-detail.${type}`)}</p>
      {sent.length > 0 ? (
        <ul className="operations-sent">
          {sent.map((change) => (
            <li key={change.item}>
              <strong>{labelOf(change.item)}</strong>
              {isManagerChange(change) ? null : <NowToAsked change={change} />}
              {change.overtaken ? (
                <span className="backoffice-comparison" data-comparison="different">
                  <IconArrowsDiff className="rnoce-icon" aria-hidden />
                  {t('operations-desk:change.overtaken')}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** What BADR holds, then what will be written in its place. */
function NowToAsked({ change: { item, now, asked } }: { change: RequestChange }) {
  const t = useT();
  return (
    <span>
      <FieldValue section="company" name={fieldOf(item)} value={now} />{' '}
      <IconArrowRight className="rnoce-icon rnoce-mirror" aria-label={t('operations-desk:effect.becomes')} />{' '}
      <FieldValue section="company" name={fieldOf(item)} value={asked} />
    </span>
  );
}
