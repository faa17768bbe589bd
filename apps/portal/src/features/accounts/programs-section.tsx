import { Button } from '@mantine/core';
import { revokeAccountApiKey } from '@rnoce/api-client/account-api-keys';
import { formatDate, formatDateTime } from '@rnoce/i18n';
import type { AccountApiKey } from '@rnoce/schemas/account-api-keys';
import { operatorScopeWords } from '@rnoce/schemas/scopes';
import { queryClient } from '@rnoce/shell/query-client';
import { QueryState } from '@rnoce/shell/query-state';
import { ConfirmDialog } from '@rnoce/ui/confirm-dialog';
import { useT } from '@rnoce/ui/i18n';
import { useErrorSentence } from '@rnoce/ui/states';
import { Notice, StatusBadge, type Tone } from '@rnoce/ui/status-badge';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { programsQuery } from '../../api/programs-query.ts';
import { DoneNote } from '../../forms/done-note.tsx';
import { client } from '../../session/session.ts';
import './programs-section.css';

const tones = { live: 'success', expired: 'neutral', revoked: 'neutral' } as const satisfies Record<
  AccountApiKey['status'],
  Tone
>;

/** « Programmes qui agissent pour vous »: the keys, and the way to end them; nothing for an operator who never had one. */
export function ProgramsSection() {
  const t = useT();
  const query = useQuery(programsQuery);
  const [withdrawn, setWithdrawn] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  // What was pressed is gone with the access: the focus goes to what is left.
  useEffect(() => {
    if (withdrawn > 0) heading.current?.focus();
  }, [withdrawn]);
  if (query.data === undefined ? !query.isError : query.data.length === 0) return null;
  return (
    <section className="rnoce-card portal-next-card" aria-labelledby="programs-title">
      <h2 id="programs-title" ref={heading} tabIndex={-1}>
        {t('programs:title')}
      </h2>
      <p>{t('programs:detail')}</p>
      <DoneNote times={withdrawn} text={t('programs:withdrawn')} />
      <QueryState query={query} lines={2}>
        {(keys) => (
          <ul className="portal-programs">
            {keys.map((key) => (
              <li key={key.id}>
                <Program apiKey={key} onWithdrawn={() => setWithdrawn((count) => count + 1)} />
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </section>
  );
}

function Program({ apiKey, onWithdrawn }: { apiKey: AccountApiKey; onWithdrawn: () => void }) {
  const t = useT();
  const { integrator, name, hint, status, scopes, authority, revokedAt, lastUsedAt } = apiKey;
  // A key that has expired may have set addresses, which are called all the same.
  const isOpen = status === 'live' || (status === 'expired' && scopes.includes('webhooks:manage'));
  const facts = [
    [t('programs:made'), formatDateTime(apiKey.createdAt)],
    [t('programs:by'), authority && t(`reference:authority.${authority}`)],
    [t('programs:last-used'), lastUsedAt === null ? t('programs:never') : formatDateTime(lastUsedAt)],
    revokedAt === null
      ? [t('programs:until'), formatDate(apiKey.expiresOn)]
      : [t('programs:revoked'), formatDateTime(revokedAt)],
  ] as const;
  return (
    <>
      <div className="portal-program-head">
        <h3>
          <bdi>{integrator}</bdi>
        </h3>
        <StatusBadge tone={tones[status]}>{t(`programs:status.${status}`)}</StatusBadge>
      </div>
      <p className="rnoce-hint">
        {t('programs:key')} <bdi>{name}</bdi> <bdi className="rnoce-code">{hint}</bdi>
      </p>
      <ul aria-label={t('programs:opens')}>
        {scopes.map((scope) => (
          <li key={scope}>{t(`reference:key-scope.${operatorScopeWords[scope]}`)}</li>
        ))}
      </ul>
      <dl className="portal-facts">
        {facts.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
        )}
      </dl>
      {isOpen ? <Withdrawal apiKey={apiKey} onWithdrawn={onWithdrawn} /> : null}
    </>
  );
}

/** « Retirer l'accès »: it can't be undone, so it is asked once more. */
function Withdrawal({
  apiKey: { id, integrator, name, scopes },
  onWithdrawn,
}: {
  apiKey: AccountApiKey;
  onWithdrawn: () => void;
}) {
  const t = useT();
  const sentence = useErrorSentence();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const title = t('programs:withdraw-name', { name: `${integrator}, ${name}` });
  const withdraw = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await revokeAccountApiKey(client, { params: { id } });
      await queryClient.invalidateQueries({ queryKey: programsQuery.queryKey });
      onWithdrawn();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <>
      {error === undefined ? null : (
        <div className="portal-form-note">
          <Notice tone="danger" live="assertive">
            <p>{sentence(error)}</p>
          </Notice>
        </div>
      )}
      <Button variant="outline" color="red" aria-label={title} onClick={() => setAsking(true)}>
        {t('programs:withdraw')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={title}
        confirmLabel={t('programs:withdraw')}
        cancelLabel={t('programs:withdraw-keep')}
        danger
        busy={busy}
        onConfirm={() => void withdraw()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('programs:withdraw-detail')}</p>
        {scopes.includes('webhooks:manage') ? <p>{t('programs:withdraw-webhooks')}</p> : null}
      </ConfirmDialog>
    </>
  );
}
