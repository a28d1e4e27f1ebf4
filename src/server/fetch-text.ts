import type { fetch as undiciFetch } from 'undici'

/** How a document is got. */
export interface FetchOptions {
  readonly fetch: typeof undiciFetch
  /** Milliseconds for all of it. */
  readonly timeout: number
  readonly maxBytes: number
}

/**
 * Gets a small document, such as a set of keys. Redirects are not followed: who is trusted to name keys was written down.
 *
 * @throws when it cannot be had in time, is too large, or is answered by anything but 200
 */
export async function fetchText (url: string, { fetch, timeout, maxBytes }: FetchOptions): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout), headers: { accept: 'application/json' } })
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    throw new Error(`${url} answers ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`${url} answers more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
