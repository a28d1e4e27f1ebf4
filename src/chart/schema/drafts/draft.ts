/** How a subschema is found in a schema's object: the value of a keyword, or every value or item of it. */
export interface Position {
  readonly keyword: string
  readonly each: 'value' | 'property' | 'item'
}

/** A draft of JSON Schema, as far as drafts differ. */
export interface Draft {
  readonly version: 4 | 6 | 7 | 2019 | 2020
  readonly url: string
  /** The keyword that gives a schema its address. */
  readonly id: 'id' | '$id'
  readonly positions: readonly Position[]
  /** What the addresses of its vocabularies start with; empty before there were any. */
  readonly vocabularyPrefix: string
  readonly vocabularies: readonly string[]
  /** The vocabularies that count where a meta-schema names none. */
  readonly defaultVocabularies: readonly string[]
}

const positions = (each: Position['each'], ...keywords: string[]): Position[] => keywords.map(keyword => ({ keyword, each }))

const positions4 = [
  ...positions('value', 'not', 'additionalProperties', 'items', 'additionalItems'),
  ...positions('property', 'definitions', 'properties', 'patternProperties', 'dependencies'),
  ...positions('item', 'allOf', 'anyOf', 'oneOf', 'items')
]
const positions6 = [...positions4, ...positions('value', 'propertyNames', 'contains')]
const positions7 = [...positions6, ...positions('value', 'if', 'then', 'else')]
const positions2019 = [
  ...positions7,
  ...positions('property', '$defs', 'dependentSchemas'),
  ...positions('value', 'unevaluatedProperties', 'unevaluatedItems', 'contentSchema')
]
const none = { vocabularyPrefix: '', vocabularies: [], defaultVocabularies: [] }

export const draft4: Draft = { version: 4, url: 'http://json-schema.org/draft-04/schema', id: 'id', positions: positions4, ...none }
export const draft6: Draft = { version: 6, url: 'http://json-schema.org/draft-06/schema', id: '$id', positions: positions6, ...none }
export const draft7: Draft = { version: 7, url: 'http://json-schema.org/draft-07/schema', id: '$id', positions: positions7, ...none }
export const draft2019: Draft = {
  version: 2019,
  url: 'https://json-schema.org/draft/2019-09/schema',
  id: '$id',
  positions: positions2019,
  vocabularyPrefix: 'https://json-schema.org/draft/2019-09/vocab/',
  vocabularies: ['core', 'applicator', 'validation', 'meta-data', 'format', 'content'],
  defaultVocabularies: ['core', 'applicator', 'validation']
}
export const draft2020: Draft = {
  version: 2020,
  url: 'https://json-schema.org/draft/2020-12/schema',
  id: '$id',
  positions: [...positions2019, ...positions('item', 'prefixItems')],
  vocabularyPrefix: 'https://json-schema.org/draft/2020-12/vocab/',
  vocabularies: ['core', 'applicator', 'unevaluated', 'validation', 'meta-data', 'format-annotation', 'format-assertion', 'content'],
  defaultVocabularies: ['core', 'applicator', 'unevaluated', 'validation']
}

/** The draft of a schema that names none. */
export const latestDraft = draft2020

/**
 * The draft that a `$schema` names: with http or https, and with an empty fragment or none.
 *
 * @returns undefined for any other meta-schema
 */
export function draftNamed (schema: string): Draft | undefined {
  const name = schema.replace(/#$/, '').replace(/^https?:\/\//, '')
  if (name === 'json-schema.org/schema') return latestDraft
  return [draft4, draft6, draft7, draft2019, draft2020].find(({ url }) => url.replace(/^https?:\/\//, '') === name)
}

/** A draft, with the vocabularies that a meta-schema of its own leaves of it. */
export interface Dialect {
  readonly draft: Draft
  /** Undefined for those that count by default. */
  readonly vocabularies: readonly string[] | undefined
}

/** Whether a dialect knows the keywords of a vocabulary; before 2019-09 all drafts know all of theirs. */
export function hasVocabulary ({ draft, vocabularies }: Dialect, name: string): boolean {
  return name === 'core' || draft.version < 2019 || (vocabularies ?? draft.defaultVocabularies).includes(name)
}

/** Whether a dialect checks formats, rather than only noting them. */
export function assertsFormat (dialect: Dialect): boolean {
  if (dialect.draft.version < 2019) return true
  return hasVocabulary(dialect, dialect.draft.version === 2019 ? 'format' : 'format-assertion')
}
