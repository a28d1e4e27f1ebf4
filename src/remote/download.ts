import type { RemoteContext } from './context.js'
import type { Access } from './getter.js'
import { getterFor } from './schemes.js'

/** What is fetched, and within which bounds. */
export interface Download {
  readonly url: URL
  readonly access: Access
  readonly accept: string
  readonly compressed?: boolean
  /** Milliseconds. */
  readonly timeout: number
  readonly maxBytes: number
}

/**
 * Fetches something whole.
 *
 * @param context for its getters
 * @param download what, with whose identity, how much at most
 * @throws {RemoteError} what the getter throws, and unsupported-scheme
 */
export async function download ({ getters, signal }: RemoteContext, { url, ...options }: Download): Promise<Buffer> {
  const getter = getterFor(getters, url.protocol.slice(0, -1))
  const body = await getter.get(url, { ...options, ...(signal === undefined ? {} : { signal }) })
  const parts: Buffer[] = []
  for await (const part of body) {
    const bytes: unknown = part
    if (!Buffer.isBuffer(bytes)) throw new TypeError('a getter gave something else than bytes')
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}
