import { type FieldIssue, fieldPath } from './form-errors.ts';

/** The values of a text that has one a line; blank lines are none. */
export const linesOf = (text: string): string[] => linesWithNumbers(text).map(({ value }) => value);

const linesWithNumbers = (text: string): { value: string; line: number }[] =>
  text
    .split('\n')
    .map((typed, line) => ({ value: typed.trim(), line }))
    .filter(({ value }) => value !== '');

/** The issues of a body whose `field` was read by `linesOf`, each value's one moved to the line where it was typed. */
export function onTheirLines(issues: readonly FieldIssue[], field: string, text: string): FieldIssue[] {
  const lines = linesWithNumbers(text);
  return issues.map((issue) => {
    const [name, index] = fieldPath(issue.pointer).split('.');
    const line = name === field && index !== undefined ? lines[Number(index)]?.line : undefined;
    return line === undefined ? issue : { ...issue, pointer: `/${field}/${String(line)}` };
  });
}
