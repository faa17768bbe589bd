import type { VerdictItem } from '@rnoce/schemas/filings';
import type { Section, SectionsView } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Fragment } from 'react';
import { ComparisonMark } from '../../dossiers/comparison-mark.tsx';
import { FieldValue } from '../../dossiers/field-value.tsx';
import { fieldLabel, fieldOf, useItemLabel } from '../../dossiers/item-label.ts';
import { ItemMark, ItemVerdict } from '../../dossiers/item-verdict.tsx';
import { compare, type Held } from './differences.ts';
import type { FieldWarnings } from './field-warnings.ts';
import { ItemReasons } from './item-reasons.tsx';
import type { Judging } from './use-judging.ts';
import { reasonsOf } from './verdict-draft.ts';

/** The fields of a section, or of one item of its list: declared, BADR's if it holds any, and the word on each. */
export function FieldTable({
  caption,
  section,
  items,
  declared,
  managers,
  held,
  warnings,
  judging,
}: {
  caption: string;
  section: Section;
  items: readonly VerdictItem[];
  declared: Readonly<Record<string, unknown>>;
  managers: SectionsView['managers'];
  /** Absent: BADR holds nothing to put beside. */
  held: Held | undefined;
  warnings: FieldWarnings;
  judging: Judging;
}) {
  const t = useT();
  const labelOf = useItemLabel();
  const { verdict, current, refusing, editable, preparing, stateOf } = judging;
  const columns = 2 + (held ? 1 : 0) + (editable ? 1 : 0);
  return (
    <table className="backoffice-fields" data-held={held !== undefined || undefined}>
      <caption className="rnoce-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('desk:dossier.field')}</th>
          <th scope="col">{t('desk:dossier.declared')}</th>
          {held ? <th scope="col">BADR</th> : null}
          {editable ? <th scope="col">{t('desk:dossier.verdict')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const name = fieldOf(item);
          const state = stateOf(item);
          const warning = warnings.get(item);
          const comparison = held?.compared.has(name)
            ? compare(name, declared[name], held.values[name])
            : 'none';
          return (
            <Fragment key={item}>
              <tr data-state={state} data-current={(editable && item === current) || undefined}>
                <th scope="row">
                  {preparing || state === 'refused' ? <ItemMark state={state} /> : null}
                  {t(fieldLabel(section, name))}
                </th>
                <td data-label={t('desk:dossier.declared')}>
                  <FieldValue section={section} name={name} value={declared[name]} managers={managers} />
                  {warning ? (
                    <span className="backoffice-doubt">
                      <IconAlertTriangle className="rnoce-icon" aria-hidden />
                      {t(`desk:doubt.${warning}`)}
                    </span>
                  ) : null}
                </td>
                {held ? (
                  <td data-label="BADR" data-comparison={comparison}>
                    {comparison === 'different' ? (
                      <FieldValue
                        section={section}
                        name={name}
                        value={held.values[name]}
                        managers={managers}
                      />
                    ) : null}
                    <ComparisonMark comparison={comparison} />
                  </td>
                ) : null}
                {editable ? (
                  <td>
                    <ItemVerdict
                      item={item}
                      label={labelOf(item)}
                      state={judging.wordOn(item)}
                      onAccept={judging.accept}
                      onRefuse={judging.beginRefusal}
                    />
                  </td>
                ) : null}
              </tr>
              {refusing === item || reasonsOf(verdict, item).length > 0 ? (
                <tr className="backoffice-row-under">
                  <td colSpan={columns}>
                    <ItemReasons item={item} judging={judging} />
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
