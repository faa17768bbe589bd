/** A password link opens its account: its secret is in the address that the guide prescribes, and must not reach a log. */
const secretSegment = /(\/registre\/creer-mot-de-passe\/)[^/?#]+/;
/** Whoever knows an order's id, a receipt's or a contract's code reads them: the log keeps enough to find a call again, and no key. */
const keySegment = /(\/(?:payment-orders|receipts|contracts|commandes|recus|contrat)\/[^/?#]{8})[^/?#]+/;

/** The address of a request as the log keeps it: without the secret of a link, nor what people search for. */
export const loggedUrl = (url: string): string =>
  (url.split('?')[0] ?? '').replace(secretSegment, '$1[secret]').replace(keySegment, '$1…');
