import { type Section, sectionRule, shownFields } from '@rnoce/schemas/sections';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { type ReactNode, useId } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { FieldFor } from './field-for.tsx';
import { type Group, groupsOf, isWide } from './field-groups.ts';
import { useFormFrame } from './form-frame.ts';
import { judgeValues, warningsByField } from './section-issues.ts';
import { sectionOf } from './section-values.ts';
import './form.css';

function FieldGroup({ name, level, children }: { name: Group; level: 2 | 3; children: ReactNode }) {
  const t = useT();
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className="wizard-group" aria-labelledby={id}>
      <Heading id={id}>{t(`wizard:group.${name}`)}</Heading>
      <div className="wizard-fields">{children}</div>
    </section>
  );
}

/** The fields of a section that its rules show, grouped by meaning, each with its doubts beside it. Stands inside the section's form. */
export function SectionFields({
  section,
  readOnly = [],
  without = [],
  level = 2,
}: {
  section: Exclude<Section, 'managers' | 'singleWindowUsers' | 'contacts'>;
  /** Fields that can't be typed in this form. */
  readOnly?: readonly string[];
  /** Fields that this form hasn't. */
  without?: readonly string[];
  /** Of the groups' headings. */
  level?: 2 | 3;
}) {
  const find = useFindMessage();
  const { control } = useFormContext();
  const { context, sections, noteOf } = useFormFrame();
  const values = useWatch({ control });
  const data = sectionOf(section, context, values);
  const shown = shownFields(sectionRule(section).fields, context, values);
  const doubts = warningsByField(judgeValues(section, context, data, sections).warnings);
  return groupsOf(section).map(([group, fields]) => (
    <FieldGroup key={group} name={group} level={level}>
      {fields
        .filter((field) => shown.includes(field) && !without.includes(field))
        .map((field) => {
          const doubt = doubts.get(field);
          const element = `${section}.${field}`;
          return (
            <div key={field} data-wide={isWide(section, field) || undefined}>
              <FieldFor
                section={section}
                field={field}
                name={field}
                element={element}
                readOnly={readOnly.includes(field)}
                warning={doubt && find(`errors:warning.${doubt.code}`, doubt.params)}
              />
              {noteOf?.(element)}
            </div>
          );
        })}
    </FieldGroup>
  ));
}
