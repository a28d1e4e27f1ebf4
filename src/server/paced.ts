import { Readable } from 'node:stream'

/** How much is sent in one turn of the event loop, in bytes. */
const atOnce = 256 * 1024

/**
 * A body of many parts in memory. Others have their turn between them: a socket may take megabytes at once, and whoever reads a large index again and
 * again would hold up every upload.
 *
 * @param parts in order
 */
export function paced (parts: Iterable<Uint8Array>): Readable {
  return Readable.from(inTurns(parts), { objectMode: false })
}

async function * inTurns (parts: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sent = 0
  for (const part of parts) {
    yield part
    sent += part.length
    if (sent < atOnce) continue
    sent = 0
    await new Promise(resolve => setImmediate(resolve))
  }
}
