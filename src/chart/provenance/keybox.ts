import { ProvenanceError } from './errors.js'

/** The types of a keybox's blobs that matter here (GnuPG's kbx/keybox-blob.c describes the format). */
const blobTypes = { header: 1, openPgp: 2 } as const

/** A key that GnuPG has fetched but does not count as its own. */
const ephemeral = 0x0002

/** Whether a file is a GnuPG keybox (`pubring.kbx`), which is no OpenPGP stream itself. */
export function isKeybox (data: Uint8Array): boolean {
  return data.length >= 12 && data[4] === blobTypes.header && Buffer.from(data.subarray(8, 12)).toString('latin1') === 'KBXf'
}

/**
 * Takes the OpenPGP keys out of a keybox.
 *
 * @param data the file
 * @returns the keys, one after the other: a binary OpenPGP stream
 * @throws {ProvenanceError} invalid-keyring, in Helm's words
 */
export function keyboxKeys (data: Uint8Array): Uint8Array {
  const keys: Uint8Array[] = []
  for (let offset = 0; offset < data.length;) {
    const blob = blobAt(data, offset)
    const key = blob[4] === blobTypes.openPgp ? keyOf(blob, offset) : undefined
    if (key !== undefined) keys.push(key)
    offset += blob.length
  }
  if (keys.length === 0) throw invalid('keybox contains no OpenPGP keys')
  return Buffer.concat(keys)
}

function blobAt (data: Uint8Array, offset: number): Buffer {
  const rest = Buffer.from(data.buffer, data.byteOffset + offset, data.length - offset)
  if (rest.length < 5) throw invalid(`truncated blob header at offset ${offset}`)
  const length = rest.readUInt32BE(0)
  if (length < 5) throw invalid(`invalid blob length ${length} at offset ${offset}`)
  if (length > rest.length) throw invalid(`blob at offset ${offset} has length ${length} exceeding the ${rest.length} remaining bytes`)
  return rest.subarray(0, length)
}

/** Where a blob says that its key lies: flags at 6, the key's offset at 8, its length at 12. */
function keyOf (blob: Buffer, offset: number): Uint8Array | undefined {
  if (blob.length < 16) throw invalid(`OpenPGP blob at offset ${offset} is too short`)
  const start = blob.readUInt32BE(8)
  const end = start + blob.readUInt32BE(12)
  if (end > blob.length) throw invalid(`OpenPGP blob at offset ${offset} has an out-of-range keyblock`)
  return (blob.readUInt16BE(6) & ephemeral) === 0 ? blob.subarray(start, end) : undefined
}

function invalid (message: string): ProvenanceError {
  return new ProvenanceError('invalid-keyring', message)
}
