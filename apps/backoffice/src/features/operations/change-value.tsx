import type { RequestChange } from '@rnoce/schemas/customs-requests';
import type { Section } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import {
  IconArrowsDiff,
  IconCheck,
  IconPencil,
  IconQuestionMark,
  IconUserMinus,
  IconUserPlus,
} from '@tabler/icons-react';
import { FieldValue } from '../../dossiers/field-value.tsx';
import './operations.css';

type Value = string | null | undefined;

/** The three values of one field: what BADR holds, what it held when the form was filled, what is asked. */
export interface ThreeValues {
  /** `undefined`: BADR was never read since the request was sent. */
  readonly now: Value;
  readonly before: Value;
  readonly asked: Value;
}

const heads = ['now', 'before', 'asked'] as const;

/** The heads of the three columns; `decided`: the first is what the decision was made on. */
export function ValueHeads({ decided }: { decided: boolean }) {
  const t = useT();
  return heads.map((side) => (
    <th key={side} scope="col">
      {t(`operations-desk:column.${decided && side === 'now' ? 'then' : side}`)}
    </th>
  ));
}

/**
 * The cells of the three columns, by icon and word where they differ: a value that BADR changed meanwhile is marked, one that it holds still is
 * not repeated.
 */
export function ValueCells({
  section,
  name,
  values: { now, before, asked },
  decided,
}: {
  section: Section;
  name: string;
  values: ThreeValues;
  decided: boolean;
}) {
  const t = useT();
  const overtaken = now !== undefined && (now ?? '') !== (before ?? '');
  const already = now !== undefined && (now ?? '') === (asked ?? '');
  const value = (one: Value) => <FieldValue section={section} name={name} value={one} />;
  return (
    <>
      <td
        data-label={t(`operations-desk:column.${decided ? 'then' : 'now'}`)}
        data-comparison={overtaken && !already ? 'different' : 'same'}
      >
        {now === undefined ? (
          <span className="backoffice-comparison">
            <IconQuestionMark className="rnoce-icon" aria-hidden />
            {t('operations-desk:change.not-read')}
          </span>
        ) : (
          value(now)
        )}
        {already ? (
          <span className="backoffice-comparison" data-comparison="same">
            <IconCheck className="rnoce-icon" aria-hidden />
            {t('operations-desk:change.already')}
          </span>
        ) : overtaken ? (
          <span className="backoffice-comparison" data-comparison="different">
            <IconArrowsDiff className="rnoce-icon" aria-hidden />
            {t('operations-desk:change.overtaken')}
          </span>
        ) : null}
      </td>
      <td data-label={t('operations-desk:column.before')}>
        {now === undefined || overtaken ? (
          value(before)
        ) : (
          <span className="backoffice-none">{t('operations-desk:change.unchanged')}</span>
        )}
      </td>
      <td data-label={t('operations-desk:column.asked')} className="operations-asked">
        {value(asked)}
      </td>
    </>
  );
}

const kinds = { changed: IconPencil, added: IconUserPlus, removed: IconUserMinus } as const;

/** What becomes of a manager. */
export function ManagerKind({ kind }: Pick<RequestChange, 'kind'>) {
  const t = useT();
  return (
    <StatusBadge tone={kind === 'removed' ? 'warning' : 'neutral'} icon={kinds[kind]}>
      {t(`operations-desk:change.${kind}`)}
    </StatusBadge>
  );
}
