import type { IssuedDocument } from './issued-document.ts';
import type { ReadingBudget } from './pdf-values.ts';
import type { VisibleWidget } from './revision-judge.ts';

export function coversText(_issued: IssuedDocument, _budget: ReadingBudget, _widget: VisibleWidget): boolean {
  return false;
}
