import type { FieldIssue } from '@rnoce/ui';

/** Judges only that something is there: the API judges the rest. */
export const filled =
  <V extends object>(...fields: (keyof V & string)[]) =>
  (values: V): FieldIssue[] =>
    fields
      .filter((field) => String(values[field]).trim() === '')
      .map((field) => ({ pointer: `/${field}`, code: 'required' }));
