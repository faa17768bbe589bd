import { invoiceSorts } from '@rnoce/schemas';

export type InvoiceSort = (typeof invoiceSorts)[number];
export type SortKey = InvoiceSort | `-${InvoiceSort}`;

/** `-amount` → by amount, the largest first. */
export function readSort(key: SortKey): { field: InvoiceSort; descending: boolean } {
  const field = invoiceSorts.find((one) => key === one || key === `-${one}`);
  if (!field) throw new Error(`no sort ${key}`);
  return { field, descending: key.startsWith('-') };
}
