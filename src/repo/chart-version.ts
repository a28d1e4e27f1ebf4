import type { Value } from '../go/value.js'
import { readBoolean, readString, readStrings, readTime, type Fields, type Place } from '../chart/decode.js'
import { JsonStruct, textField } from '../chart/json-struct.js'
import { metadataFields, metadataJsonFields, type Metadata } from '../chart/metadata.js'
import type { Draft } from '../chart/draft.js'

/** An entry of an index: a chart's metadata and where its archive is. */
export interface ChartVersion extends Metadata {
  /** Addresses of the archive, absolute or relative to the repository's; clients take the first. */
  readonly urls: readonly string[]
  /** RFC 3339. */
  readonly created?: string
  /** SHA-256 of the archive in hexadecimal digits. */
  readonly digest?: string
  readonly removed?: boolean
  /** Fields of older indexes, kept and not used. */
  readonly checksum?: string
  readonly engine?: string
  readonly tillerVersion?: string
  readonly url?: string
}

/** Go's zero time, which stands where no date is known. */
export const zeroTime = '0001-01-01T00:00:00Z'

const texts = ['digest', 'checksum', 'engine', 'tillerVersion', 'url'] as const

/** The readers of an entry's fields into `draft`. */
export function chartVersionFields (draft: Draft<ChartVersion>): Fields {
  const fields = new Map<string, (value: Value, place: Place) => void>(metadataFields(draft))
  fields.set('urls', (value, place) => { draft.urls = readStrings(value, place) ?? [] })
  fields.set('created', value => {
    const created = readTime(value)
    if (created !== undefined && created !== zeroTime) draft.created = created
  })
  fields.set('removed', (value, place) => { draft.removed = readBoolean(value, place) ?? false })
  for (const name of texts) fields.set(name, (value, place) => { draft[name] = readString(value, place) ?? '' })
  return fields
}

/** The entry for output, in the order of Helm's struct. */
export function chartVersionToStruct (version: ChartVersion): JsonStruct {
  return new JsonStruct('repo.ChartVersion', [
    ...metadataJsonFields(version),
    ['urls', [...version.urls]],
    ['created', version.created ?? zeroTime],
    ['removed', version.removed === true ? true : undefined],
    ...texts.map((name): [string, Value | undefined] => [name, textField(version[name])])
  ])
}
