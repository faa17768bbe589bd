/** The last way that was begun: what is asked for after it counts, however quickly the keys follow each other. */
let pending = 0;

/** Whatever was being led to no longer is: something else takes the focus now. */
export function stay(): void {
  cancelAnimationFrame(pending);
}

/** Leads to an item's first word, once it is drawn; without an item, to the decision. */
export function leadToItem(item: string | undefined): void {
  stay();
  pending = requestAnimationFrame(() => {
    const target =
      item === undefined
        ? document.querySelector<HTMLElement>('[data-decide]')
        : document.querySelector<HTMLElement>(`[data-item="${item}"]`);
    target?.focus({ preventScroll: true });
    target?.closest('tr, section, div')?.scrollIntoView({ block: 'nearest' });
  });
}

/** Leads to a part of the dossier, by its heading. */
export function leadToHeading(id: string): void {
  stay();
  const heading = document.getElementById(id);
  heading?.focus();
  heading?.scrollIntoView();
}
