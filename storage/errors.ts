/**
 * What can go wrong with an object:
 *
 * - `absent`: there is no such object
 * - `exists`: there is one, and it should not be
 * - `conflict`: the key cannot be had, because of another object or another writer
 * - `full`: no space is left, or a quota is used up
 * - `failed`: the store could not do it, for any other reason
 * - `invalid-key`: the key breaks a rule
 */
export type StorageErrorCode = 'absent' | 'exists' | 'conflict' | 'full' | 'failed' | 'invalid-key'

/** The base of every error that a backend rejects with. (`storage/` imports nothing of src/, so it has a base of its own.) */
export abstract class StorageError extends Error {
  /** What went wrong, for programs. */
  abstract readonly code: StorageErrorCode
  /** The key that was asked for; a prefix, for `list`. */
  readonly key: string

  /**
   * @param key the key that was asked for
   * @param message what went wrong, for the log of the operator: it may name a path
   * @param options `cause`: the error that led to this one
   */
  constructor (key: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.key = key
  }
}

/** There is no such object. */
export class ObjectNotFound extends StorageError {
  readonly code = 'absent'

  constructor (key: string, options?: ErrorOptions) {
    super(key, `${key}: there is no such object`, options)
  }
}

/** There is such an object already. */
export class ObjectExists extends StorageError {
  readonly code = 'exists'

  constructor (key: string, options?: ErrorOptions) {
    super(key, `${key}: the object exists already`, options)
  }
}

/** The key cannot be had, because of another object or another writer. */
export class Conflict extends StorageError {
  readonly code = 'conflict'
}

/** No space is left, or a quota is used up. */
export class StorageFull extends StorageError {
  readonly code = 'full'
}

/** The store could not do it. */
export class StorageFailed extends StorageError {
  readonly code = 'failed'
}

/** The key breaks a rule of key.ts. */
export class InvalidKey extends StorageError {
  readonly code = 'invalid-key'
}
