const maxNameLength = 150;

/** By what the inspection found: the first is given to a name that has none of them. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
};

/**
 * A name to show and to download, of the name that the sender gave: no folder, no control or direction mark, and always the extension of
 * what the bytes are, so that a downloaded file opens as what was inspected.
 */
export function safeFileName(given: string, mediaType: string, otherwise: string): string {
  const name = given
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .at(-1)
    ?.replaceAll(/[\p{C}"*:<>?|]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[ .]+|[ .]+$/g, '');
  const known = extensions[mediaType] ?? [];
  const base = name === undefined || name === '' ? otherwise : name;
  const lower = base.toLowerCase();
  const has = known.find((one) => lower.endsWith(one));
  const stem = has === undefined ? base : base.slice(0, -has.length);
  // A character of two halves may stand where it is cut.
  const short = stem.slice(0, maxNameLength).replace(/\p{Cs}$/u, '');
  return `${short}${has === undefined ? (known[0] ?? '') : base.slice(-has.length)}`;
}

/** `Content-Disposition` with the name in UTF-8 (RFC 6266, RFC 5987) and something plain for older clients. */
export function contentDisposition(disposition: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
