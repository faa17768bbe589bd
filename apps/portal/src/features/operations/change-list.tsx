import type { RecordChange } from '@rnoce/schemas/customs-request-rules';
import type { RequestChange } from '@rnoce/schemas/customs-requests';
import { type ManagerDraft, managerFields } from '@rnoce/schemas/managers';
import { useT } from '@rnoce/ui/i18n';
import { StatusBadge } from '@rnoce/ui/status-badge';
import type { ReactNode } from 'react';
import { itemName } from '../../form-sections/list-screens.ts';
import { useFactText } from '../../subscription-summary/facts.tsx';
import { useChangeName } from './change-names.ts';

type Change = RecordChange & Partial<Pick<RequestChange, 'verdict'>>;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** What an update changes: each thing with what it was and what is asked. `renderTool` stands beside the name of each. */
export function ChangeList({
  changes,
  renderTool,
  askedLabel,
}: {
  changes: readonly Change[];
  /** What the new value is called; « Demandé » unless said otherwise. */
  askedLabel?: string;
  renderTool?: (change: Change) => ReactNode;
}) {
  const t = useT();
  const nameOf = useChangeName(changes);
  return (
    <ul className="operation-changes">
      {changes.map((change) => (
        <li key={change.item} data-refused={change.verdict === 'refused' || undefined}>
          <div className="operation-change-head">
            <strong>{nameOf(change.item)}</strong>
            {change.verdict === 'refused' ? (
              <StatusBadge tone="danger">{t('operations:change.refused')}</StatusBadge>
            ) : change.verdict === 'accepted' ? (
              <StatusBadge tone="success">{t('operations:change.accepted')}</StatusBadge>
            ) : null}
            {renderTool?.(change)}
          </div>
          {change.item.startsWith('managers.') ? (
            <ManagerChange change={change} askedLabel={askedLabel} />
          ) : (
            <CompanyChange change={change} askedLabel={askedLabel} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** « Avant », « Demandé ». */
function BeforeAfter({
  before,
  asked,
  askedLabel,
}: {
  before: ReactNode;
  asked: ReactNode;
  askedLabel: string | undefined;
}) {
  const t = useT();
  return (
    <dl className="operation-before-after">
      <div>
        <dt>{t('operations:change.before')}</dt>
        <dd>{before}</dd>
      </div>
      <div data-asked>
        <dt>{askedLabel ?? t('operations:change.asked')}</dt>
        <dd>{asked}</dd>
      </div>
    </dl>
  );
}

interface ChangeProps {
  readonly change: Change;
  readonly askedLabel: string | undefined;
}

function CompanyChange({ change: { item, before, asked }, askedLabel }: ChangeProps) {
  const textOf = useFactText();
  const [, field = ''] = item.split('.');
  return (
    <BeforeAfter
      before={textOf('company', field, before)}
      asked={textOf('company', field, asked)}
      askedLabel={askedLabel}
    />
  );
}

const managerOf = (value: Change['before']): ManagerDraft | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

/** A manager added or taken out as a whole; of one who is changed, the fields that are. */
function ManagerChange({ change: { kind, ...change }, askedLabel }: ChangeProps) {
  const t = useT();
  const textOf = useFactText();
  const [before, asked] = [managerOf(change.before), managerOf(change.asked)];
  if (!before || !asked) {
    const { idNumber, ...manager } = asked ?? before ?? {};
    return (
      <p className="operation-manager">
        <StatusBadge tone={kind === 'added' ? 'info' : 'warning'}>
          {t(kind === 'added' ? 'operations:change.added' : 'operations:change.removed')}
        </StatusBadge>{' '}
        <bdi>{itemName(manager)}</bdi> <bdi className="rnoce-code">{idNumber}</bdi>
      </p>
    );
  }
  const fields = (Object.keys(managerFields) as (keyof typeof managerFields)[]).filter(
    (field) => text(before[field]) !== text(asked[field]),
  );
  return fields.map((field) => (
    <div key={field}>
      <p className="operation-change-field">{t(`reference:manager.${field}`)}</p>
      <BeforeAfter
        before={textOf('managers', field, before[field])}
        asked={textOf('managers', field, asked[field])}
        askedLabel={askedLabel}
      />
    </div>
  ));
}
