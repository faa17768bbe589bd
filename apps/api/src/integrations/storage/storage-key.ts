const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEY = /^[a-z]+(-[a-z]+)*\/[0-9a-f]{2}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The key of a file: its kind (`documents`, `logos`…), two digits which spread files over folders, and a UUID that
 * the server made. Nothing of a key comes from the sender.
 *
 * @param id a lower-case UUID; the last digits of any version are random
 * @throws TypeError for anything else
 */
export function storageKey(kind: string, id: string): string {
  if (!UUID.test(id)) throw new TypeError('A storage key is made of a UUID');
  const key = `${kind}/${id.slice(-2)}/${id}`;
  requireStorageKey(key);
  return key;
}

/** @throws TypeError for a key that `storageKey` does not make: `../`, an absolute path, a name. */
export function requireStorageKey(key: string): void {
  if (!KEY.test(key)) throw new TypeError('Not a storage key');
}
