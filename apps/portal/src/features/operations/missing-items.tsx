import type { Issue } from '@rnoce/schemas/issues';
import { leadTo } from '@rnoce/ui';
import { useFindMessage, useT } from '@rnoce/ui/i18n';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useIssueSentence } from '../../form-sections/issue-sentence.ts';
import { elementOf, fieldOfElement } from '../../form-sections/section-issues.ts';
import { controlAt } from '../../form-sections/use-target.ts';
import { useElementLabel } from '../../subscription-summary/element-label.ts';

/** What is still missing or wrong in the form, each leading to its place. */
export function MissingItems({ issues, box }: { issues: readonly Issue[]; box: Ref<HTMLDivElement> }) {
  const t = useT();
  const find = useFindMessage();
  const labelOf = useElementLabel();
  const sentenceOf = useIssueSentence();
  const nameOf = (element: string): string => {
    const [first, field = ''] = element.split('.');
    return (first === 'details' ? find(`reference:operation.${field}`) : undefined) ?? labelOf(element);
  };
  return (
    <div ref={box} tabIndex={-1} role="alert" className="rnoce-error-summary">
      <h2 className="rnoce-error-summary-title">
        <IconAlertTriangle className="rnoce-icon" aria-hidden />
        {t('operations:missing', { count: issues.length })}
      </h2>
      <ul>
        {issues.map((issue) => {
          const { pointer, code } = issue;
          const element = elementOf(pointer);
          const message = sentenceOf(issue);
          const field = fieldOfElement(element);
          return (
            <li key={`${pointer} ${code}`}>
              {element === '' ? (
                message
              ) : (
                <a
                  href={`#${field}`}
                  onClick={(event) => {
                    event.preventDefault();
                    const control = controlAt(field);
                    if (control) leadTo(control);
                  }}
                >
                  {t('common:labelled', { label: nameOf(element), value: message })}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
