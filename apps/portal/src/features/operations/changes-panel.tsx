import { Button } from '@mantine/core';
import type { RecordChange } from '@rnoce/schemas/customs-request-rules';
import { useT } from '@rnoce/ui/i18n';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { ChangeList } from './change-list.tsx';
import { useChangeName } from './change-names.ts';

/** Everything that the operator changed, before and after, each with the way back: in view beside the form. */
export function ChangesPanel({
  changes,
  onPutBack,
  onPutAllBack,
}: {
  changes: readonly RecordChange[];
  onPutBack: (change: RecordChange) => void;
  onPutAllBack: () => void;
}) {
  const t = useT();
  const nameOf = useChangeName(changes);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button goes with the change: who pressed it stays at the list.
  const after = (act: () => void) => () => {
    act();
    heading.current?.focus();
  };
  return (
    <aside className="operation-panel" aria-labelledby="operation-changes">
      <h2 id="operation-changes" ref={heading} tabIndex={-1}>
        {t('operations:change.title')}
      </h2>
      <p className="rnoce-hint" aria-live="polite">
        {changes.length === 0
          ? t('operations:change.none')
          : t('operations:change.count', { count: changes.length })}
      </p>
      <ChangeList
        changes={changes}
        renderTool={(change) => (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('common:labelled', {
              label: t('operations:change.put-back'),
              value: nameOf(change.item),
            })}
            leftSection={<IconArrowBackUp className="rnoce-icon rnoce-mirror" aria-hidden />}
            onClick={after(() => onPutBack(change))}
          >
            {t('operations:change.put-back')}
          </Button>
        )}
      />
      {changes.length > 1 ? (
        <Button variant="outline" size="sm" onClick={after(onPutAllBack)}>
          {t('operations:change.put-all-back')}
        </Button>
      ) : null}
    </aside>
  );
}
