import { Button } from '@mantine/core';
import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import { isListSection, type ListSection, type Section } from '@rnoce/schemas/sections';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconChecks, IconFileText } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { personName } from '../../dossiers/field-value.tsx';
import { fieldOf, useItemLabel } from '../../dossiers/item-label.ts';
import { heldBeside, undeclaredManagers } from './differences.ts';
import { FieldTable } from './field-table.tsx';
import type { FieldWarnings } from './field-warnings.ts';
import { PersonHead } from './person-head.tsx';
import { RegistryNotice } from './registry-notice.tsx';
import { useFieldWarnings } from './use-field-warnings.ts';
import { documentBeside, type Judging } from './use-judging.ts';
import { itemsIn } from './verdict-draft.ts';
import '../../dossiers/dossier-data.css';

interface SectionProps {
  readonly dossier: Dossier;
  readonly judging: Judging;
  readonly warnings: FieldWarnings;
}

/** The middle of the dossier: the form as it was sent, section by section, beside what BADR holds. */
export function DossierData({ dossier, judging }: { dossier: Dossier; judging: Judging }) {
  const warnings = useFieldWarnings(dossier);
  return (
    <>
      <RegistryNotice dossier={dossier} companyItems={itemsIn(judging.items, 'company')} />
      {judging.items.parts.map(({ part, items }) =>
        part === 'documents' ? null : (
          <section key={part} className="rnoce-card" aria-labelledby={`section-${part}`}>
            <SectionHead section={part} items={items} judging={judging} />
            {isListSection(part) ? (
              <People section={part} dossier={dossier} judging={judging} warnings={warnings} />
            ) : (
              <Fields section={part} dossier={dossier} judging={judging} warnings={warnings} />
            )}
            {part === 'managers' ? <UndeclaredManagers dossier={dossier} /> : null}
          </section>
        ),
      )}
    </>
  );
}

function SectionHead({
  section,
  items,
  judging,
}: {
  section: Section;
  items: readonly VerdictItem[];
  judging: Judging;
}) {
  const t = useT();
  const labelOf = useItemLabel();
  const todo = items.filter((item) => !judging.items.fields.has(item) && judging.stateOf(item) === 'todo');
  const beside = documentBeside(section, judging.items);
  return (
    <div className="backoffice-section-head">
      <h2 id={`section-${section}`} tabIndex={-1}>
        {t(`reference:section.${section}`)}
      </h2>
      {beside ? (
        <Button
          size="sm"
          variant="subtle"
          aria-pressed={judging.document === beside}
          leftSection={<IconFileText className="rnoce-icon" aria-hidden />}
          onClick={() => judging.show(beside)}
        >
          {t('desk:document.show', { label: labelOf(beside) })}
        </Button>
      ) : null}
      {judging.editable && todo.length > 0 ? (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconChecks className="rnoce-icon" aria-hidden />}
          onClick={() => judging.acceptAll(todo)}
        >
          {t('desk:dossier.accept-rest', { count: todo.length })}
        </Button>
      ) : null}
    </div>
  );
}

/** A section that is one set of fields. */
function Fields({
  section,
  dossier: { sections, registry },
  judging,
  warnings,
}: SectionProps & { section: Exclude<Section, ListSection> }) {
  const t = useT();
  const items = itemsIn(judging.items, section);
  const declared = sections[section] ?? {};
  return (
    <FieldTable
      caption={t(`reference:section.${section}`)}
      section={section}
      items={items}
      declared={declared}
      managers={sections.managers}
      held={heldBeside(registry.record, section, items.map(fieldOf), declared)}
      warnings={warnings}
      judging={judging}
    />
  );
}

/** A section that is a list of people: each with their name, what else is known of them, and their fields. */
function People({ section, dossier, judging, warnings }: SectionProps & { section: ListSection }): ReactNode {
  const labelOf = useItemLabel();
  const { sections, registry } = dossier;
  const managersAreHeld = section === 'managers' && registry.record?.managers;
  return (sections[section] ?? []).map((person, index) => {
    const place = `${section}.${index}`;
    const items = itemsIn(judging.items, section).filter((item) => item.startsWith(`${place}.`));
    const held = heldBeside(registry.record, section, items.map(fieldOf), person);
    return (
      // A person without a key is of a form sent before people had one: it doesn't change any more.
      <div key={person.key ?? place} className="backoffice-person">
        <PersonHead
          section={section}
          person={person}
          place={place}
          dossier={dossier}
          judging={judging}
          unknown={Boolean(managersAreHeld) && held === undefined}
        />
        <FieldTable
          caption={`${labelOf(place)} ${personName(person)}`}
          section={section}
          items={items}
          declared={person}
          managers={sections.managers}
          held={held}
          warnings={warnings}
          judging={judging}
        />
      </div>
    );
  });
}

/** The managers that BADR knows and the form doesn't name. */
function UndeclaredManagers({ dossier: { sections, registry } }: { dossier: Dossier }) {
  const t = useT();
  const { locale } = useLocale();
  const undeclared = undeclaredManagers(sections.managers ?? [], registry.record?.managers ?? []);
  if (undeclared.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>
        {t('desk:badr.undeclared-managers', {
          names: new Intl.ListFormat(locale).format(undeclared.map(personName)),
        })}
      </p>
    </Notice>
  );
}
