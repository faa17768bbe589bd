import { useT } from '@rnoce/ui/i18n';
import { IconArrowsDiff, IconCheck, IconQuestionMark } from '@tabler/icons-react';
import './dossier-data.css';

/** What BADR says of a declared value: nothing at all (`absent`), the same, or something else. `none`: neither has any. */
export type Comparison = 'same' | 'different' | 'absent' | 'none';

const marks = { same: IconCheck, different: IconArrowsDiff, absent: IconQuestionMark } as const;

/** What BADR says of a value: an icon and a word. */
export function ComparisonMark({ comparison }: { comparison: Comparison }) {
  const t = useT();
  if (comparison === 'none') return null;
  const Icon = marks[comparison];
  return (
    <span className="backoffice-comparison" data-comparison={comparison}>
      <Icon className="rnoce-icon" aria-hidden />
      {t(`desk:badr.${comparison}`)}
    </span>
  );
}
