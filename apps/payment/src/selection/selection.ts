import type { PaymentMethod, PublicInvoice } from '@rnoce/schemas';
import { centimesOf, decimalOf } from '@rnoce/schemas/money';

/** The invoices that a payer has ticked: all of one issuer, because an order pays one issuer. */
export type Selection = readonly PublicInvoice[];

/** Most invoices that one order pays; the API refuses more (`maxOrderInvoices`). */
export const mostInvoices = 100;

/** Why an invoice can't be ticked now. */
export type Hindrance = 'other_issuer' | 'too_many';

export const isSelected = (selection: Selection, { id }: PublicInvoice): boolean =>
  selection.some((chosen) => chosen.id === id);

/** Why an invoice can't join the selection; undefined when it can, or is there already. */
export function hindranceOf(selection: Selection, invoice: PublicInvoice): Hindrance | undefined {
  const [first] = selection;
  if (!first || isSelected(selection, invoice)) return undefined;
  if (first.issuer.code !== invoice.issuer.code) return 'other_issuer';
  return selection.length >= mostInvoices ? 'too_many' : undefined;
}

/** The selection with an invoice ticked or, when it was, without; unchanged when something hinders. */
export function toggle(selection: Selection, invoice: PublicInvoice): Selection {
  if (isSelected(selection, invoice)) return selection.filter(({ id }) => id !== invoice.id);
  return hindranceOf(selection, invoice) === undefined ? [...selection, invoice] : selection;
}

/** The selection with all that can join it of a page. */
export const addAll = (selection: Selection, invoices: readonly PublicInvoice[]): Selection =>
  invoices.reduce(
    (chosen, invoice) => (isSelected(chosen, invoice) ? chosen : toggle(chosen, invoice)),
    selection,
  );

/** What the selection costs, `840.00`: summed in whole centimes. */
export const totalOf = (selection: readonly { readonly amount: string }[]): string =>
  decimalOf(
    selection.reduce((sum, { amount }) => {
      const centimes = centimesOf(amount);
      if (centimes === undefined) throw new RangeError(`Not an amount: ${amount}`);
      return sum + centimes;
    }, 0),
  );

/** The methods that every invoice of the selection accepts, in the order of the first one's. */
export const commonMethods = (selection: Selection): PaymentMethod[] =>
  (selection[0]?.methods ?? []).filter((method) =>
    selection.every(({ methods }) => methods.includes(method)),
  );

/** What was learned by looking again: the selection as its invoices are now, and those that aren't to be paid any more. */
export interface Refreshed {
  readonly selection: Selection;
  readonly gone: Selection;
}

/**
 * The selection beside what a search has just shown. An invoice that is seen takes its new amount and dates; one that isn't seen is
 * gone only when `whole`: the search showed all the unpaid invoices there are.
 */
export function refresh(selection: Selection, seen: readonly PublicInvoice[], whole: boolean): Refreshed {
  const byId = new Map(seen.map((invoice) => [invoice.id, invoice]));
  const gone = whole ? selection.filter(({ id }) => !byId.has(id)) : [];
  const rest = selection.filter((invoice) => !gone.includes(invoice));
  const changed = rest.some((invoice) => {
    const now = byId.get(invoice.id);
    return now !== undefined && JSON.stringify(now) !== JSON.stringify(invoice);
  });
  if (gone.length === 0 && !changed) return { selection, gone };
  return { selection: rest.map((invoice) => byId.get(invoice.id) ?? invoice), gone };
}
