import { each, flag, number, regex, text, typeNames, type PlainObject } from './plain.js'

const self: PlainObject = { $ref: '#' }
const definition = (name: string): PlainObject => ({ $ref: `#/definitions/${name}` })
const schemasByName: PlainObject = { type: 'object', additionalProperties: self }
const schemaOrBoolean: PlainObject = { anyOf: [flag, self] }
const uri: PlainObject = { type: 'string', format: 'uri' }
const uriReference: PlainObject = { type: 'string', format: 'uri-reference' }

const counts = ['maxLength', 'maxItems', 'maxProperties']
const countsFromZero = ['minLength', 'minItems', 'minProperties']

const type: PlainObject = {
  anyOf: [definition('simpleTypes'), { type: 'array', items: definition('simpleTypes'), minItems: 1, uniqueItems: true }]
}
const dependencies: PlainObject = {
  type: 'object', additionalProperties: { anyOf: [self, definition('stringArray')] }
}
const schemaArray: PlainObject = { type: 'array', minItems: 1, items: self }
const atLeastZero: PlainObject = { type: 'integer', minimum: 0 }

/** What the drafts 4, 6 and 7 say alike; `count` names the definition of a number of things. */
function shared (count: string): PlainObject {
  return {
    $schema: uri,
    ...each(['title', 'description', 'format'], text),
    ...each(['maximum', 'minimum'], number),
    ...each(counts, definition(count)),
    ...each(countsFromZero, definition(`${count}Default0`)),
    ...each(['definitions', 'properties', 'patternProperties'], schemasByName),
    ...each(['allOf', 'anyOf', 'oneOf'], definition('schemaArray')),
    items: { anyOf: [self, definition('schemaArray')] },
    enum: { type: 'array', minItems: 1, uniqueItems: true },
    pattern: regex,
    uniqueItems: flag,
    required: definition('stringArray'),
    not: self,
    dependencies,
    type
  }
}

function definitions (count: string, stringArray: PlainObject): PlainObject {
  return {
    schemaArray,
    [count]: atLeastZero,
    [`${count}Default0`]: { allOf: [definition(count), {}] },
    simpleTypes: typeNames,
    stringArray: { type: 'array', items: text, uniqueItems: true, ...stringArray }
  }
}

/** The meta-schema of draft 4 (draft-zyp-json-schema-04), without its notes. */
export const draft4Schema: PlainObject = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  definitions: definitions('positiveInteger', { minItems: 1 }),
  type: 'object',
  properties: {
    ...shared('positiveInteger'),
    ...each(['id', '$ref'], text),
    ...each(['exclusiveMaximum', 'exclusiveMinimum'], flag),
    ...each(['additionalItems', 'additionalProperties'], schemaOrBoolean),
    multipleOf: { type: 'number', minimum: 0, exclusiveMinimum: true }
  },
  dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] }
}

const draft6Properties: PlainObject = {
  ...shared('nonNegativeInteger'),
  ...each(['$id', '$ref'], uriReference),
  ...each(['exclusiveMaximum', 'exclusiveMinimum'], number),
  ...each(['additionalItems', 'additionalProperties', 'contains', 'propertyNames'], self),
  multipleOf: { type: 'number', exclusiveMinimum: 0 }
}

/** The meta-schema of draft 6 (draft-wright-json-schema-01), without its notes. */
export const draft6Schema: PlainObject = {
  $schema: 'http://json-schema.org/draft-06/schema#',
  $id: 'http://json-schema.org/draft-06/schema#',
  definitions: definitions('nonNegativeInteger', {}),
  type: ['object', 'boolean'],
  properties: draft6Properties
}

/** The meta-schema of draft 7 (draft-handrews-json-schema-01), without its notes. */
export const draft7Schema: PlainObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'http://json-schema.org/draft-07/schema#',
  definitions: definitions('nonNegativeInteger', {}),
  type: ['object', 'boolean'],
  properties: {
    ...draft6Properties,
    ...each(['$comment', 'contentMediaType', 'contentEncoding'], text),
    ...each(['readOnly', 'writeOnly'], flag),
    ...each(['if', 'then', 'else'], self),
    patternProperties: { ...schemasByName, propertyNames: { format: 'regex' } },
    examples: { type: 'array', items: true }
  }
}
