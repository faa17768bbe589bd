import type { Section } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useFactText } from '../../subscription-summary/facts.tsx';

/** Under a field that was changed: what it was, and the way back. */
export function BeforeNote({
  section,
  field,
  value,
  label,
  onPutBack,
}: {
  section: Section;
  field: string;
  value: unknown;
  label: string;
  onPutBack: () => void;
}) {
  const t = useT();
  const textOf = useFactText();
  return (
    <p className="operation-before">
      <span>
        <strong>{t('operations:change.changed')}</strong> {t('operations:change.was')}{' '}
        {textOf(section, field, value)}
      </span>
      <button
        type="button"
        aria-label={t('common:labelled', { label: t('operations:change.put-back'), value: label })}
        onClick={onPutBack}
      >
        <IconArrowBackUp className="rnoce-icon rnoce-mirror" aria-hidden />
        {t('operations:change.put-back')}
      </button>
    </p>
  );
}
