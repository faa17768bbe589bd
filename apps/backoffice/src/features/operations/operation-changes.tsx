import { Button } from '@mantine/core';
import type { CustomsRequestDossier, RequestChange } from '@rnoce/schemas/customs-requests';
import type { ManagerDraft } from '@rnoce/schemas/managers';
import { sectionRule } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { IconChecks, IconRefreshAlert } from '@tabler/icons-react';
import { Fragment } from 'react';
import { FieldValue } from '../../dossiers/field-value.tsx';
import { fieldLabel, fieldOf } from '../../dossiers/item-label.ts';
import { ItemMark, type ItemState, ItemVerdict } from '../../dossiers/item-verdict.tsx';
import { ManagerKind, type ThreeValues, ValueCells, ValueHeads } from './change-value.tsx';
import { hasReasons, OperationReasons } from './operation-reasons.tsx';
import { isManagerChange, managerOn, type Side, useRequestItemLabel } from './request-item-label.ts';
import { isOutdated, stateOf } from './request-verdict.ts';
import type { RequestJudging } from './use-operation.ts';
import { waitsForAgent } from './waits-for-agent.ts';
import '../../dossiers/dossier-data.css';
import './operations.css';

interface ChangesProps {
  readonly dossier: CustomsRequestDossier;
  readonly judging: RequestJudging;
}

/** Where a change stands: in the verdict in preparation, then in the decision. */
const standing = (change: RequestChange, { items, verdict }: RequestJudging): ItemState =>
  change.verdict ?? stateOf(verdict, change.item, items);

/** What an update changes of BADR's record: each change with its three values and the word on it. */
export function OperationChanges({ dossier, judging }: ChangesProps) {
  const t = useT();
  const { changes } = dossier;
  const company = changes.filter((change) => !isManagerChange(change));
  const managers = changes.filter(isManagerChange);
  const todo = changes.filter((change) => standing(change, judging) === 'todo').map(({ item }) => item);
  return (
    <section className="rnoce-card" aria-labelledby="changes">
      <div className="backoffice-section-head">
        <h2 id="changes" tabIndex={-1}>
          {t('operations-desk:changes.title')}
        </h2>
        {judging.editable && todo.length > 1 ? (
          <Button
            size="sm"
            variant="subtle"
            leftSection={<IconChecks className="rnoce-icon" aria-hidden />}
            onClick={() => judging.acceptAll(todo)}
          >
            {t('operations-desk:changes.accept-rest', { count: todo.length })}
          </Button>
        ) : null}
      </div>
      {company.length > 0 ? <CompanyChanges changes={company} dossier={dossier} judging={judging} /> : null}
      {managers.map((change) => (
        <ManagerChange key={change.item} change={change} dossier={dossier} judging={judging} />
      ))}
    </section>
  );
}

/** The words on a change, or what was decided of it. */
function Word({ change, label, judging }: { change: RequestChange; label: string; judging: RequestJudging }) {
  if (!judging.editable) return null;
  return (
    <ItemVerdict
      item={change.item}
      label={label}
      state={standing(change, judging)}
      onAccept={judging.accept}
      onRefuse={judging.beginRefusal}
    />
  );
}

/** That BADR changed a value after the agent had accepted the change. */
function Outdated({
  item,
  judging: { editable, verdict, items },
}: {
  item: string;
  judging: RequestJudging;
}) {
  const t = useT();
  if (!editable || !isOutdated(verdict, item, items)) return null;
  return (
    <span className="backoffice-doubt">
      <IconRefreshAlert className="rnoce-icon" aria-hidden />
      {t('operations-desk:change.outdated')}
    </span>
  );
}

const textOn = (change: RequestChange, side: Side): string | null | undefined => {
  const value = change[side];
  return typeof value === 'object' ? null : value;
};

function CompanyChanges({ changes, dossier, judging }: ChangesProps & { changes: readonly RequestChange[] }) {
  const t = useT();
  const labelOf = useRequestItemLabel(dossier);
  const { editable, current } = judging;
  const decided = !waitsForAgent(dossier);
  return (
    <table className="backoffice-fields operations-changes" data-judged={editable || undefined}>
      <caption className="rnoce-visually-hidden">{t('reference:section.company')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('desk:dossier.field')}</th>
          <ValueHeads decided={decided} />
          {editable ? <th scope="col">{t('desk:dossier.verdict')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const { item } = change;
          const state = standing(change, judging);
          const label = labelOf(item);
          return (
            <Fragment key={item}>
              <tr data-state={state} data-current={(editable && item === current) || undefined}>
                <th scope="row">
                  <ItemMark state={state} />
                  {label}
                  <Outdated item={item} judging={judging} />
                </th>
                <ValueCells
                  section="company"
                  name={fieldOf(item)}
                  decided={decided}
                  values={{
                    now: textOn(change, 'now'),
                    before: textOn(change, 'before'),
                    asked: textOn(change, 'asked'),
                  }}
                />
                {editable ? (
                  <td>
                    <Word change={change} label={label} judging={judging} />
                  </td>
                ) : null}
              </tr>
              {hasReasons(judging, item) ? (
                <tr className="backoffice-row-under">
                  <td colSpan={editable ? 5 : 4}>
                    <OperationReasons item={item} label={label} judging={judging} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

const managerFields = Object.keys(sectionRule('managers').fields);

const fieldOn = (manager: ManagerDraft | null, name: string): string | null => {
  const value: unknown = manager?.[name as keyof ManagerDraft];
  return typeof value === 'string' ? value : null;
};

/** The fields of a manager that are worth showing: of who is changed those that differ, of who comes or goes all. */
function managerRows(change: RequestChange): (readonly [name: string, values: ThreeValues])[] {
  const [now, before, asked] = (['now', 'before', 'asked'] as const).map((side) => managerOn(change, side));
  return managerFields.flatMap((name) => {
    const values = {
      now: change.now === undefined ? undefined : fieldOn(now ?? null, name),
      before: fieldOn(before ?? null, name),
      asked: fieldOn(asked ?? null, name),
    };
    const shown = values.now === undefined ? [values.before, values.asked] : Object.values(values);
    return change.kind === 'changed' && new Set(shown).size === 1 ? [] : [[name, values] as const];
  });
}

/** Who comes or goes is on one side alone, unless BADR changed meanwhile. */
function onlySide({ kind, now, overtaken }: RequestChange): 'asked' | 'before' | undefined {
  if (kind === 'changed' || now === undefined || overtaken) return undefined;
  return kind === 'added' ? 'asked' : 'before';
}

/** A manager who comes, goes, or is said otherwise: judged as a whole. */
function ManagerChange({ change, dossier, judging }: ChangesProps & { change: RequestChange }) {
  const t = useT();
  const { item, kind } = change;
  const label = useRequestItemLabel(dossier)(item);
  const state = standing(change, judging);
  const decided = !waitsForAgent(dossier);
  const only = onlySide(change);
  return (
    <div className="backoffice-person">
      <div
        className="backoffice-person-head"
        data-current={(judging.editable && item === judging.current) || undefined}
      >
        <h3>
          <ItemMark state={state} />
          {label}
        </h3>
        <ManagerKind kind={kind} />
        <Outdated item={item} judging={judging} />
        <Word change={change} label={label} judging={judging} />
      </div>
      <OperationReasons item={item} label={label} judging={judging} />
      <table className="backoffice-fields operations-changes">
        <caption className="rnoce-visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('desk:dossier.field')}</th>
            {only ? (
              <th scope="col">{t(`operations-desk:column.${only}`)}</th>
            ) : (
              <ValueHeads decided={decided} />
            )}
          </tr>
        </thead>
        <tbody>
          {managerRows(change).map(([name, values]) => (
            <tr key={name}>
              <th scope="row">{t(fieldLabel('managers', name))}</th>
              {only ? (
                <td data-label={t(`operations-desk:column.${only}`)}>
                  <FieldValue section="managers" name={name} value={values[only]} />
                </td>
              ) : (
                <ValueCells section="managers" name={name} values={values} decided={decided} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
