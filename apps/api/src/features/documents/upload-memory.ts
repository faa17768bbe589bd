/** Memory lent to one upload. */
export interface LentMemory {
  readonly bytes: Buffer;
  /** Says that something may read the bytes after the upload has ended: nobody else must write there. */
  readonly giveUp: () => void;
}

/**
 * Lends uploads memory of `size` bytes each, and the same again to the next ones: freed at each upload, it would wait for the garbage
 * collection, which doesn't see it as urgent. It keeps as much as was lent at once. It is shared memory: the inspection's threads read
 * it where it is. What an earlier upload left stands beyond the file that was received, where nothing may look.
 */
export function createUploadMemory(size: number) {
  const free: SharedArrayBuffer[] = [];
  return async function withMemory<T>(work: (memory: LentMemory) => Promise<T>): Promise<T> {
    const shared = free.pop() ?? new SharedArrayBuffer(size);
    let isOurs = true;
    const giveUp = () => {
      isOurs = false;
    };
    try {
      return await work({ bytes: Buffer.from(shared), giveUp });
    } finally {
      if (isOurs) free.push(shared);
    }
  };
}
