import type { Json } from '../json.js'
import { draft4Schema, draft6Schema, draft7Schema } from './classic.js'
import { latestDraft } from './draft.js'
import { draft2019Schemas, draft2020Schemas } from './modern.js'
import { jsonOf, type PlainObject } from './plain.js'

const sources: ReadonlyMap<string, PlainObject> = new Map([
  ['http://json-schema.org/draft-04/schema', draft4Schema],
  ['http://json-schema.org/draft-06/schema', draft6Schema],
  ['http://json-schema.org/draft-07/schema', draft7Schema],
  ...draft2019Schemas,
  ...draft2020Schemas
])

/** By their addresses, without the scheme: they are known with http and https. */
const byName = new Map([...sources].map(([url, source]) => [withoutScheme(url), source]))

/**
 * A meta-schema of the drafts: the only documents from elsewhere that a schema can refer to.
 *
 * @param url its address, without a fragment
 * @returns undefined when there is none there
 */
export function metaSchemaAt (url: string): Json | undefined {
  if (!isOfficial(url)) return undefined
  const name = withoutScheme(url)
  const source = byName.get(name === 'json-schema.org/schema' ? withoutScheme(latestDraft.url) : name)
  return source === undefined ? undefined : jsonOf(source)
}

/** Whether an address is json-schema.org's, whose documents need no check. */
export function isOfficial (url: string): boolean {
  return /^https?:\/\/json-schema\.org\//.test(url)
}

function withoutScheme (url: string): string {
  return url.replace(/^https?:\/\//, '')
}
