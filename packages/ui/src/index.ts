/**
 * The rules behind the components, without React. Components are imported one by one, `@rnoce/ui/text-field`, so that a
 * screen loads only what it shows.
 */
export { encodeIssue, type FieldIssue, fieldPath, issueResolver } from './form-errors.ts';
export { linesOf, onTheirLines } from './lines.ts';
export { openPdf } from './pdf-document.ts';
export { controlOf, leadTo } from './reveal.ts';
export { normaliseIdentifierText } from './text.ts';
