import type { MessageParams } from '@rnoce/i18n';
import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';

/** A refused value as the schemas and the API tell it: a JSON pointer, a code of `errors:field.*` and its parameters. */
export interface FieldIssue {
  readonly pointer: string;
  readonly code: string;
  readonly params?: MessageParams | undefined;
}

/** The path of a form's field from a JSON pointer: `/managers/0/lastName` becomes `managers.0.lastName`. */
export const fieldPath = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');

/** A code and its parameters in the one text that react-hook-form carries. */
export const encodeIssue = (code: string, params: MessageParams = {}): string =>
  Object.keys(params).length === 0 ? code : `${code} ${JSON.stringify(params)}`;

/** The code and the parameters of a field's message, or undefined when it is a sentence already. */
export function decodeIssue(message: string): { code: string; params: MessageParams } | undefined {
  const match = /^([a-z][a-z0-9_]*)(?: (\{.*\}))?$/s.exec(message);
  if (!match) return undefined;
  const params: unknown = match[2] === undefined ? {} : JSON.parse(match[2]);
  return { code: match[1] ?? '', params: Object.fromEntries(Object.entries(params ?? {})) };
}

function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    target[head] ??= value;
    return;
  }
  const child = target[head];
  const next: Record<string, unknown> =
    typeof child === 'object' && child !== null ? Object.fromEntries(Object.entries(child)) : {};
  setAt(next, rest, value);
  target[head] = next;
}

/**
 * A resolver from a judge of the whole form, such as `validate` of the schemas: the same rules and codes as the API's.
 * The values handed to `onSubmit` are those typed; the judge's normalised ones are the server's business.
 */
export const issueResolver =
  <V extends FieldValues>(judge: (values: V) => readonly FieldIssue[]): Resolver<V> =>
  (values) => {
    const issues = judge(values);
    if (issues.length === 0) return { values, errors: {} };
    const errors: Record<string, unknown> = {};
    for (const { pointer, code, params } of issues) {
      const path = fieldPath(pointer) || 'root';
      setAt(errors, path.split('.'), { type: code, message: encodeIssue(code, params) });
    }
    return { values: {}, errors: errors as FieldErrors<V> };
  };
