import { promisify } from 'node:util'
import { constants, gunzip, gunzipSync, gzip } from 'node:zlib'
import { messageOf } from '../errors.js'
import { decode, encode } from '../go/bytes.js'
import { ReleaseError } from './errors.js'
import { scanHead } from './head-scan.js'
import type { ReleaseHead } from './record-index.js'
import { recordJson } from './record-json.js'
import { readHead, readRecord } from './record-reader.js'
import type { Release } from './release.js'

/** The most that a record may fill when it is unpacked: a Secret holds 1 MiB, and JSON of templates shrinks to a tenth of its size. */
const maxRecord = 256 * 1024 * 1024

/**
 * A release as it is kept: its JSON, compressed by gzip as hard as it can be, as base64.
 *
 * @param release any release
 */
export async function encodeRelease (release: Release): Promise<string> {
  const packed = await promisify(gzip)(encode(recordJson(release)), { level: 9 })
  return packed.toString('base64')
}

/**
 * Reads what `encodeRelease`, or Helm 3 or 4, wrote; what is not compressed is read as well, as Helm does.
 *
 * @param payload base64
 * @throws {ReleaseError} invalid-record
 */
export async function decodeRelease (payload: string): Promise<Release> {
  const bytes = Buffer.from(payload, 'base64')
  if (bytes.length === 0) throw new ReleaseError('invalid-record', 'unexpected end of JSON input')
  return readRecord(decode(isGzip(bytes) ? await unpack(bytes) : bytes))
}

/** How much of a payload is looked at first: the head of nearly every record is in it. */
const firstPart = 8192

/**
 * Reads of a record what lists show, from as little of it as will do.
 *
 * @param payload base64
 * @throws {ReleaseError} invalid-record
 */
export async function decodeHead (payload: string): Promise<Pick<ReleaseHead, 'name' | 'info' | 'chart'>> {
  for (let part = firstPart; part < payload.length; part *= 4) {
    const texts = scanHead(startOf(Buffer.from(payload.slice(0, part), 'base64')))
    if (texts !== undefined) return readHead(texts)
  }
  return await decodeRelease(payload)
}

/** What the first bytes of a record unpack to; nothing when they cannot be unpacked, of which reading all of it will tell. */
function startOf (bytes: Uint8Array): string {
  if (!isGzip(bytes)) return decode(bytes)
  try {
    return decode(gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxRecord }))
  } catch {
    return ''
  }
}

function isGzip (bytes: Uint8Array): boolean {
  return bytes.length > 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08
}

async function unpack (bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxRecord })
  } catch (error) {
    throw new ReleaseError('invalid-record', `gzip: ${messageOf(error)}`, { cause: error })
  }
}
