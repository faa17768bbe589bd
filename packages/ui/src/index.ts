/**
 * The rules behind the components, without React. Components are imported one by one, `@rnoce/ui/text-field`, so that a
 * screen loads only what it shows.
 */
export { parseDateText } from './date-text.ts';
export { applyIssues, encodeIssue, type FieldIssue, fieldPath, issueResolver } from './form-errors.ts';
export { linesOf, onTheirLines } from './lines.ts';
export { type OpenedPdf, openPdf } from './pdf-document.ts';
export { controlOf, leadTo } from './reveal.ts';
export { indexOptions, type SearchIndex, type SearchOption, searchOptions } from './search.ts';
export { normaliseIdentifierText, searchable, toAsciiDigits } from './text.ts';
