import type { RecordChange } from '@rnoce/schemas/customs-request-rules';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { useEffect, useRef } from 'react';
import { ChangeList } from './change-list.tsx';

/** Customs changed the account between the filling and the sending: what they changed, which the form has taken over. Drawn anew each time. */
export function RegistryChanged({ drift }: { drift: readonly RecordChange[] }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div ref={box} tabIndex={-1} className="wizard-notice operation-drift">
      <Notice tone="warning" title={t('errors:problem.registry_changed.title')} live="assertive">
        <p>{t('errors:problem.registry_changed.detail')}</p>
        {drift.length > 0 ? <ChangeList changes={drift} askedLabel={t('operations:change.now')} /> : null}
      </Notice>
    </div>
  );
}
