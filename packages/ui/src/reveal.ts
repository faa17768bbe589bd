/** Sent from a control that is inside something closed, before the focus goes to it: what contains it opens. */
export const revealEvent = 'rnoce-reveal';

/** Brings a control into view and gives it the focus, opening the card that hides it. */
export function leadTo(control: HTMLElement): void {
  control.dispatchEvent(new Event(revealEvent, { bubbles: true }));
  control.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
}

/** Selects a line of a text, counted from 0. */
export function selectLine(control: HTMLTextAreaElement, line: number): void {
  const lines = control.value.split('\n');
  const start = lines.slice(0, line).reduce((length, text) => length + text.length + 1, 0);
  control.setSelectionRange(start, start + (lines[line]?.length ?? 0));
}

/** The control of a form's field, by the field's name. */
export const controlOf = (root: ParentNode, name: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
