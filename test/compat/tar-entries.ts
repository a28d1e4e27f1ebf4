import { createHash } from 'node:crypto'

/** An entry of a tar, and the digest of all its bytes: header, data and padding. */
export interface TarEntryDigest {
  readonly name: string
  readonly sha256: string
}

const block = 512

/** Takes a well-formed tar apart without judging it; a record that describes the next entry counts as an entry. */
export function tarEntries (tar: Uint8Array): TarEntryDigest[] {
  const bytes = Buffer.from(tar)
  const entries: TarEntryDigest[] = []
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    const end = at + block + Math.ceil(size / block) * block
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    entries.push({ name, sha256: createHash('sha256').update(bytes.subarray(at, end)).digest('hex') })
    at = end
  }
  return entries
}
