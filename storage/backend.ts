import type { Readable } from 'node:stream'

/**
 * What a backend knows of an object without reading it.
 */
export interface ObjectInfo {
  readonly key: string
  /** In bytes. */
  readonly size: number
  /** When its bytes were last written, by the backend's clock. */
  readonly modified: Date
  /** Opaque, without quotes; another text when the bytes were written again. */
  readonly etag: string
}

/** Bytes `start` to `end`, both included and counted from 0; to the last byte when `end` is left out or lies beyond it. */
export interface ByteRange {
  readonly start: number
  readonly end?: number
}

/**
 * Object storage: keys and bytes, nothing of charts.
 *
 * A key is one or more segments with `/` between them; `key.ts` has the rules, which `checked.ts` applies before any backend is asked, so
 * backends may rely on them. Every rejection is a `StorageError` (errors.ts), or what the given body itself failed with, as it is.
 * Each backend passes the suite in test/storage/backend-contract.ts.
 */
export interface Backend {
  /** How messages and metrics call it, such as `local`. */
  readonly name: string

  /**
   * Looks an object up.
   *
   * @throws {ObjectNotFound} when, and only when, the key is absent
   */
  stat (key: string): Promise<ObjectInfo>

  /**
   * Opens an object. The stream gives the bytes of one state of it: a `put` or `delete` meanwhile does not mix into them. It must be read
   * to the end or destroyed.
   *
   * @param range the part to give; one that begins at or beyond the end gives no bytes
   * @throws {ObjectNotFound} when, and only when, the key is absent
   */
  read (key: string, range?: ByteRange): Promise<Readable>

  /**
   * Writes an object only if the key is absent: of any number of racing calls, one at most succeeds. It is durable when it resolves, and
   * nobody sees it before its last byte is there. After a rejection other than `ObjectExists`, the object may be there whole, or not at all.
   *
   * @throws {ObjectExists} when the key is there
   */
  create (key: string, body: Readable): Promise<ObjectInfo>

  /**
   * Writes an object, absent or not, and replaces it atomically: a reader sees the old bytes or the new. It is durable when it resolves.
   */
  put (key: string, body: Readable): Promise<ObjectInfo>

  /** Removes an object, durably; an absent one is fine. */
  delete (key: string): Promise<void>

  /**
   * Lists objects in the bytewise order of their keys, with memory that does not grow with their number. Objects that come or go meanwhile
   * may be listed or not.
   *
   * @param prefix what the keys begin with, segment boundary or not; '' for all
   * @param after only keys that come after this one, which need not exist
   */
  list (prefix: string, after?: string): AsyncIterable<ObjectInfo>
}

/** An optional ability: letting a client fetch an object from the store itself. */
export interface RedirectBackend {
  /**
   * A URL that anybody may GET the object from.
   *
   * @param seconds how long it works
   */
  signedUrl (key: string, seconds: number): Promise<URL>
}

/** Whether a backend can give URLs to its objects. */
export function canRedirect (backend: Backend): backend is Backend & RedirectBackend {
  return 'signedUrl' in backend && typeof backend.signedUrl === 'function'
}
