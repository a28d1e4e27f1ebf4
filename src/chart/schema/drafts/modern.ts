import { each, flag, number, regex, text, typeNames, type Plain, type PlainObject } from './plain.js'

/** How a draft's vocabularies speak of any schema, of each other, and of themselves. */
interface Dialect {
  readonly base: string
  readonly self: PlainObject
  readonly anchor: PlainObject
}

const draft2019: Dialect = { base: 'https://json-schema.org/draft/2019-09/', self: { $recursiveRef: '#' }, anchor: { $recursiveAnchor: true } }
const draft2020: Dialect = { base: 'https://json-schema.org/draft/2020-12/', self: { $dynamicRef: '#meta' }, anchor: { $dynamicAnchor: 'meta' } }

const definition = (name: string): PlainObject => ({ $ref: `#/$defs/${name}` })
const either: PlainObject = { type: ['object', 'boolean'] }
const schemasByName = (self: PlainObject): PlainObject => ({ type: 'object', additionalProperties: self })
const uri: PlainObject = { type: 'string', format: 'uri' }
const uriReference: PlainObject = { type: 'string', format: 'uri-reference' }

const validation: PlainObject = {
  ...each(['maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'], number),
  ...each(['maxLength', 'maxItems', 'maxContains', 'minContains', 'maxProperties'], definition('nonNegativeInteger')),
  ...each(['minLength', 'minItems', 'minProperties'], definition('nonNegativeIntegerDefault0')),
  multipleOf: { type: 'number', exclusiveMinimum: 0 },
  pattern: regex,
  uniqueItems: flag,
  required: definition('stringArray'),
  dependentRequired: { type: 'object', additionalProperties: definition('stringArray') },
  const: true,
  enum: { type: 'array', items: true },
  type: { anyOf: [definition('simpleTypes'), { type: 'array', items: definition('simpleTypes'), minItems: 1, uniqueItems: true }] }
}

const validationDefinitions: PlainObject = {
  nonNegativeInteger: { type: 'integer', minimum: 0 },
  nonNegativeIntegerDefault0: definition('nonNegativeInteger'),
  simpleTypes: typeNames,
  stringArray: { type: 'array', items: text, uniqueItems: true }
}

const metaData: PlainObject = {
  ...each(['title', 'description'], text),
  ...each(['deprecated', 'readOnly', 'writeOnly'], flag),
  default: true,
  examples: { type: 'array', items: true }
}

function applicator (self: PlainObject): PlainObject {
  return {
    ...each(['contains', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not'], self),
    ...each(['allOf', 'anyOf', 'oneOf'], definition('schemaArray')),
    ...each(['properties', 'dependentSchemas'], schemasByName(self)),
    patternProperties: { ...schemasByName(self), propertyNames: { format: 'regex' } }
  }
}

function content (self: PlainObject): PlainObject {
  return { ...each(['contentMediaType', 'contentEncoding'], text), contentSchema: self }
}

function vocabulary ({ base, anchor }: Dialect, name: string, parts: PlainObject): readonly [string, PlainObject] {
  const url = `${base}meta/${name}`
  return [url, { $schema: `${base}schema`, $id: url, $vocabulary: { [`${base}vocab/${name}`]: true }, ...anchor, ...either, ...parts }]
}

function whole ({ base, anchor }: Dialect, names: Readonly<Record<string, boolean>>, properties: Plain): readonly [string, PlainObject] {
  const vocabularies = Object.fromEntries(Object.entries(names).map(([name, required]) => [`${base}vocab/${name}`, required]))
  const allOf = Object.keys(names).map(name => ({ $ref: `meta/${name}` }))
  return [`${base}schema`, { $schema: `${base}schema`, $id: `${base}schema`, $vocabulary: vocabularies, ...anchor, allOf, ...either, properties }]
}

/** `definitions` and `dependencies`, which the drafts dropped but still know. */
function former (self: PlainObject): PlainObject {
  return {
    definitions: schemasByName(self),
    dependencies: schemasByName({ anyOf: [self, { $ref: 'meta/validation#/$defs/stringArray' }] })
  }
}

/** The meta-schema of 2019-09 and its vocabularies, by their addresses, without their notes. */
export const draft2019Schemas: ReadonlyMap<string, PlainObject> = new Map([
  whole(draft2019, { core: true, applicator: true, validation: true, 'meta-data': true, format: false, content: true }, former(draft2019.self)),
  vocabulary(draft2019, 'core', {
    properties: {
      ...each(['$ref', '$recursiveRef'], uriReference),
      $id: { ...uriReference, pattern: '^[^#]*#?$' },
      $schema: uri,
      $anchor: { type: 'string', pattern: '^[A-Za-z][-A-Za-z0-9.:_]*$' },
      $recursiveAnchor: flag,
      $vocabulary: { type: 'object', propertyNames: uri, additionalProperties: flag },
      $comment: text,
      $defs: schemasByName(draft2019.self)
    }
  }),
  vocabulary(draft2019, 'applicator', {
    properties: {
      ...applicator(draft2019.self),
      ...each(['additionalItems', 'unevaluatedItems', 'unevaluatedProperties'], draft2019.self),
      items: { anyOf: [draft2019.self, definition('schemaArray')] }
    },
    $defs: { schemaArray: { type: 'array', minItems: 1, items: draft2019.self } }
  }),
  vocabulary(draft2019, 'validation', { properties: validation, $defs: validationDefinitions }),
  vocabulary(draft2019, 'meta-data', { properties: metaData }),
  vocabulary(draft2019, 'format', { properties: { format: text } }),
  vocabulary(draft2019, 'content', { properties: content(draft2019.self) })
])

/** The meta-schema of 2020-12 and its vocabularies, by their addresses, without their notes. */
export const draft2020Schemas: ReadonlyMap<string, PlainObject> = new Map([
  whole(draft2020, { core: true, applicator: true, unevaluated: true, validation: true, 'meta-data': true, 'format-annotation': true, content: true }, {
    ...former(draft2020.self),
    $recursiveAnchor: { $ref: 'meta/core#/$defs/anchorString' },
    $recursiveRef: { $ref: 'meta/core#/$defs/uriReferenceString' }
  }),
  vocabulary(draft2020, 'core', {
    properties: {
      ...each(['$ref', '$dynamicRef'], definition('uriReferenceString')),
      ...each(['$anchor', '$dynamicAnchor'], definition('anchorString')),
      $id: { ...definition('uriReferenceString'), pattern: '^[^#]*#?$' },
      $schema: definition('uriString'),
      $vocabulary: { type: 'object', propertyNames: definition('uriString'), additionalProperties: flag },
      $comment: text,
      $defs: schemasByName(draft2020.self)
    },
    $defs: { anchorString: { type: 'string', pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' }, uriString: uri, uriReferenceString: uriReference }
  }),
  vocabulary(draft2020, 'applicator', {
    properties: { ...applicator(draft2020.self), prefixItems: definition('schemaArray'), items: draft2020.self },
    $defs: { schemaArray: { type: 'array', minItems: 1, items: draft2020.self } }
  }),
  vocabulary(draft2020, 'unevaluated', { properties: each(['unevaluatedItems', 'unevaluatedProperties'], draft2020.self) }),
  vocabulary(draft2020, 'validation', { properties: validation, $defs: validationDefinitions }),
  vocabulary(draft2020, 'meta-data', { properties: metaData }),
  vocabulary(draft2020, 'format-annotation', { properties: { format: text } }),
  vocabulary(draft2020, 'format-assertion', { properties: { format: text } }),
  vocabulary(draft2020, 'content', { properties: content(draft2020.self) })
])
