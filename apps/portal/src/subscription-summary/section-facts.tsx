import type { FormContext } from '@rnoce/schemas/fields';
import {
  isListSection,
  type Section,
  type SectionsView,
  sectionRule,
  shownFields,
} from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import type { ReactNode } from 'react';
import { useElementLabel } from './element-label.ts';
import { Facts, useFactsOf } from './facts.tsx';
import { SummaryGroup } from './summary-section.tsx';

type Values = Readonly<Record<string, unknown>>;

/** What a section of the form says: the fields that its rules show, of a list each item apart. `noteOf` says something beside an element. */
export function SectionFacts({
  section,
  context,
  sections,
  noteOf,
}: {
  section: Section;
  context: FormContext;
  sections: Partial<SectionsView>;
  noteOf?: (element: string) => ReactNode;
}) {
  const t = useT();
  const labelOf = useElementLabel();
  const factsOf = useFactsOf(sections.managers ?? []);
  const { fields } = sectionRule(section);
  const factsIn = (values: Values, place: string) =>
    factsOf(section, shownFields(fields, context, values), values, (name) => noteOf?.(`${place}.${name}`));
  if (!isListSection(section)) return <Facts facts={factsIn(sections[section] ?? {}, section)} />;
  const items = sections[section] ?? [];
  if (items.length === 0) return <p className="portal-missing">{t('portal:summary.missing')}</p>;
  return items.map((item, index) => {
    const place = `${section}.${index}`;
    return (
      <SummaryGroup key={item.key ?? place} title={labelOf(place)}>
        {noteOf?.(place)}
        <Facts facts={factsIn(item, place)} />
      </SummaryGroup>
    );
  });
}
