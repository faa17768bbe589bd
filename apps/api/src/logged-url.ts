/** A password link opens its account: its secret is in the address that the guide prescribes, and must not reach a log. */
const secretSegment = /(\/registre\/creer-mot-de-passe\/)[^/?#]+/;
/** Whoever knows an order's id, a receipt's or a contract's code reads them: the log keeps enough to find a call again, and no key. */
const keySegment = /(\/(?:payment-orders|receipts|contracts|commandes|recus|contrat)\/[^/?#]{8})[^/?#]+/;
/** An integrator's key, and one that was cut: its first half is no secret, and tells which key to revoke. */
const apiKey = /rnoce_\w{12}_\w{40}/;
const apiKeyPart = /(rnoce_[0-9A-Za-z]{12}_)\w+/g;

/** Written with escapes (`rnoce%5F…`), a key is one all the same. Never throws: what is no escape stays as it is. */
const unescaped = (url: string): string =>
  url.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Whether an address holds an integrator's key, anywhere in it: proxies, histories and other people's logs keep addresses. */
export const hasApiKey = (url: string): boolean => apiKey.test(unescaped(url));

/** A path without the secret part of an integrator's key. */
function withoutApiKey(path: string): string {
  const plain = unescaped(path);
  return plain.search(apiKeyPart) === -1 ? path : plain.replaceAll(apiKeyPart, '$1[secret]');
}

/** The address of a request as the log keeps it: without the secret of a link or a key, nor what people search for. */
export const loggedUrl = (url: string): string =>
  withoutApiKey(url.split('?')[0] ?? '')
    .replace(secretSegment, '$1[secret]')
    .replace(keySegment, '$1…');
