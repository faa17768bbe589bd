import { useEffect, useRef, useState } from 'react';
import { type FieldErrors, type FieldValues, useFormContext } from 'react-hook-form';
import './error-summary.css';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useIssueMessage } from './field-message.tsx';
import { useT } from './i18n.tsx';
import { controlOf, leadTo, selectLine } from './reveal.ts';

interface SummaryEntry {
  readonly name: string;
  readonly message: string;
}

/** The leaves of react-hook-form's errors, by field name. */
function leaves(errors: object, prefix = ''): SummaryEntry[] {
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value !== 'object' || value === null) return [];
    if ('type' in value && typeof value.type === 'string' && 'message' in value) {
      return [{ name, message: String(value.message) }];
    }
    return leaves(value, name);
  });
}

/** A field of lines by the name of one of its lines, `addresses.2`, counted from 0. */
function lineOf(name: string): { field: string; line: number } | undefined {
  const [, field = '', line] = /^(.+)\.(\d+)$/.exec(name) ?? [];
  return line === undefined ? undefined : { field, line: Number(line) };
}

/**
 * The list of a form's errors in the order of the page, each a link to its field, named by its label; by an empty one it stands
 * for itself, as the sentence about a whole group does. It takes the focus when
 * `focusToken` changes, that is after each refused submission. Belongs inside `Form`.
 */
export function ErrorSummary({ focusToken }: { focusToken: number }) {
  const t = useT();
  const messageOf = useIssueMessage();
  const { formState } = useFormContext<FieldValues>();
  const box = useRef<HTMLDivElement>(null);
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  const errors: FieldErrors = formState.errors;
  const all = leaves(errors);
  const order = Object.keys(labels);
  const labelOf = (name: string): string | undefined => {
    const of = lineOf(name);
    const label = of && labels[of.field];
    return of && label !== undefined ? t('common:line.of', { label, line: of.line + 1 }) : labels[name];
  };
  const entries = all.toSorted((a, b) => {
    const [first, second] = [order.indexOf(a.name), order.indexOf(b.name)];
    return (first < 0 ? order.length : first) - (second < 0 ? order.length : second);
  });

  useEffect(() => {
    const form = box.current?.closest('form');
    if (!form || focusToken === 0) return;
    const controls = [...form.querySelectorAll<HTMLElement>('[data-field]')];
    setLabels(Object.fromEntries(controls.map(({ dataset }) => [dataset.field ?? '', dataset.label ?? ''])));
    box.current?.focus();
  }, [focusToken]);

  if (entries.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rnoce-error-summary">
      <h2 className="rnoce-error-summary-title">
        <IconAlertTriangle className="rnoce-icon" aria-hidden />
        {t('common:summary.title', { count: entries.length })}
      </h2>
      <ul>
        {entries.map(({ name, message: code }) => {
          const label = labelOf(name);
          const message = messageOf(code);
          return (
            <li key={name}>
              {label === undefined ? (
                message
              ) : (
                <a
                  href={`#${name}`}
                  onClick={(event) => {
                    event.preventDefault();
                    const form = box.current?.closest('form');
                    if (!form) return;
                    const of = lineOf(name);
                    const control = controlOf(form, name) ?? (of ? controlOf(form, of.field) : null);
                    if (control) leadTo(control);
                    if (of && control instanceof HTMLTextAreaElement) selectLine(control, of.line);
                  }}
                >
                  {label === '' ? message : t('common:labelled', { label, value: message })}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
