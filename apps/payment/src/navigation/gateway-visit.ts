/**
 * The order for which this tab was sent to a gateway. A payer who gives up there is led back without its name: the page then finds it here.
 * A tab's own, like the visit itself.
 */
const entry = 'rnoce_visit';

export function beginVisit(orderId: string): void {
  try {
    window.sessionStorage.setItem(entry, orderId);
  } catch {
    // The payer then comes back to the search; the order's link still leads to it.
  }
}

/** The order's page is there: nothing needs to be found any more. */
export function endVisit(): void {
  try {
    window.sessionStorage.removeItem(entry);
  } catch {
    // It was never stored.
  }
}

/** The order whose visit hasn't ended. */
export function openVisit(): string | undefined {
  try {
    return window.sessionStorage.getItem(entry) ?? undefined;
  } catch {
    return undefined;
  }
}
