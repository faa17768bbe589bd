/** Sent from a control that is inside something closed, before the focus goes to it: what contains it opens. */
export const revealEvent = 'rnoce-reveal';

/** Brings a control into view and gives it the focus, opening the card that hides it. */
export function leadTo(control: HTMLElement): void {
  control.dispatchEvent(new Event(revealEvent, { bubbles: true }));
  control.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
}

/** The control of a form's field, by the field's name. */
export const controlOf = (root: ParentNode, name: string): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
