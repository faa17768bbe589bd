import { Button } from '@mantine/core';
import { type ApiKey, type Integrator, maxLiveKeys } from '@rnoce/schemas/integrators';
import { QueryState } from '@rnoce/shell/query-state';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { keysQuery } from '../../api/integrator-queries.ts';
import { KeyCard } from './key-card.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { type MadeKey, ShownKeyDialog } from './shown-key-dialog.tsx';

/** How many work, and how many are declared compromised. */
const standingOf = (keys: readonly ApiKey[]): string =>
  [
    keys.filter(({ status }) => status === 'live').length,
    keys.filter(({ compromisedAt }) => compromisedAt !== null).length,
  ].join();

/** The keys by which an integrator's programs are known: those that work, then those of before. */
export function KeysSection({ integrator }: { integrator: Integrator }) {
  const t = useT();
  const query = useQuery(keysQuery(integrator.id));
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const heading = useRef<HTMLHeadingElement>(null);
  const standing = query.data && standingOf(query.data);
  const before = useRef(standing);
  // What was pressed is gone with the key, with its report or with the room for one more: the focus goes to what is left.
  useEffect(() => {
    if (made !== undefined || asking) return;
    if (before.current !== undefined && before.current !== standing) heading.current?.focus();
    before.current = standing;
  }, [standing, made, asking]);
  return (
    <section aria-labelledby="integrator-keys">
      <h2 id="integrator-keys" ref={heading} tabIndex={-1}>
        {t('integrators:keys.title')}
      </h2>
      <p className="rnoce-hint">{t('integrators:keys.detail')}</p>
      <QueryState query={query} lines={3}>
        {(keys) => <Keys keys={keys} onNew={() => setAsking(true)} />}
      </QueryState>
      {asking ? (
        <NewKeyDialog
          integrator={integrator}
          onMade={(key) => {
            setAsking(false);
            setMade(key);
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
      {made ? <ShownKeyDialog made={made} onClose={() => setMade(undefined)} /> : null}
    </section>
  );
}

function Keys({ keys, onNew }: { keys: readonly ApiKey[]; onNew: () => void }) {
  const t = useT();
  const live = keys.filter(({ status }) => status === 'live');
  const former = keys.filter(({ status }) => status !== 'live');
  return (
    <>
      {live.length === 0 ? (
        <Notice tone="info" title={t('integrators:keys.empty')}>
          <p>{t('integrators:keys.empty-detail')}</p>
        </Notice>
      ) : null}
      {live.map((key) => (
        <KeyCard key={key.id} apiKey={key} />
      ))}
      {live.length < maxLiveKeys ? (
        <Button
          className="integrators-new-key"
          leftSection={<IconKey className="rnoce-icon" aria-hidden />}
          onClick={onNew}
        >
          {t('integrators:keys.new')}
        </Button>
      ) : (
        <p className="rnoce-hint">{t('integrators:keys.full')}</p>
      )}
      {former.length > 0 ? (
        <details className="record-message">
          <summary>{t('integrators:keys.former', { count: former.length })}</summary>
          {former.map((key) => (
            <KeyCard key={key.id} apiKey={key} />
          ))}
        </details>
      ) : null}
    </>
  );
}
