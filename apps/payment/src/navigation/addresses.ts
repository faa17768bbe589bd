import { orderPath, paymentBase, receiptPath } from '@rnoce/schemas/payment-paths';

/** The screens' addresses. */
export const startAddress = `${paymentBase}/`;
/** The sum of what was chosen among a code's invoices. */
export const summaryAddress = (code: string): string =>
  `${paymentBase}/reglement?code=${encodeURIComponent(code)}`;
export const orderAddress = (id: string): string => paymentBase + orderPath(encodeURIComponent(id));
export const checkAddress = (code = ''): string =>
  code === '' ? `${paymentBase}/recus` : paymentBase + receiptPath(encodeURIComponent(code));

export type Place =
  | { readonly screen: 'invoices' }
  | { readonly screen: 'summary'; readonly code: string }
  | { readonly screen: 'order'; readonly id: string }
  | { readonly screen: 'check'; readonly code: string }
  | { readonly screen: 'missing' };

/** Which screen an address is of. Anything that no screen has is `missing`. */
export function placeOf(path: string, query: URLSearchParams): Place {
  const [first = '', second, ...rest] = path
    .slice(paymentBase.length)
    .replace(/^\/+|\/+$/g, '')
    .split('/');
  if (rest.length > 0) return { screen: 'missing' };
  if (first === '') return { screen: 'invoices' };
  if (first === 'reglement' && second === undefined)
    return { screen: 'summary', code: query.get('code') ?? '' };
  if (first === 'commandes' && second !== undefined) return { screen: 'order', id: second };
  if (first === 'recus') return { screen: 'check', code: decoded(second ?? '') };
  return { screen: 'missing' };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
