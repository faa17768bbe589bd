import { controlOf, leadTo } from '@rnoce/ui';
import { useEffect } from 'react';
import { useFormFrame } from './form-frame.ts';
import { fieldOfElement } from './section-issues.ts';

/** The control of an element; of an item of a list as a whole, its first one. */
export const controlAt = (field: string): HTMLElement | null =>
  controlOf(document, field) ??
  document.querySelector<HTMLElement>(`[data-field^="${CSS.escape(`${field}.`)}"]`);

/** Leads to the element that the address names, once at each visit. `prepare` shows its error first. */
export function useTarget(prepare: () => Promise<unknown>): void {
  const { target } = useFormFrame();
  const element = target?.element;
  const visit = target?.visit;
  useEffect(() => {
    if (element === undefined || visit === undefined) return;
    let left = false;
    const lead = async () => {
      await prepare();
      const control = left ? null : controlAt(fieldOfElement(element));
      if (control) leadTo(control);
    };
    void lead();
    return () => {
      left = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- a visit leads once, whatever is typed after it
  }, [element, visit]);
}
