/** The storage is away, refuses us, is full or is too slow: nothing can be said of the file. */
export class StorageUnavailable extends Error {
  constructor(action: string, options?: ErrorOptions) {
    super(`File storage unavailable: ${action}`, options);
    this.name = 'StorageUnavailable';
  }
}

/** No file under this key. */
export class FileMissing extends Error {
  constructor(key: string) {
    super(`No stored file: ${key}`);
    this.name = 'FileMissing';
  }
}

/** The bytes given to store are not those which were announced: a cut upload, or a mistake of ours. */
export class StorageMismatch extends Error {
  constructor(key: string) {
    super(`The bytes differ from what was announced: ${key}`);
    this.name = 'StorageMismatch';
  }
}
