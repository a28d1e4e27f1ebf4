import type { SchemaCases } from './schema-case.js'

const draft4 = 'http://json-schema.org/draft-04/schema#'
const draft6 = 'http://json-schema.org/draft-06/schema#'
const draft7 = 'http://json-schema.org/draft-07/schema#'
const draft2019 = 'https://json-schema.org/draft/2019-09/schema'
const draft2020 = 'https://json-schema.org/draft/2020-12/schema'
const drafts = { 4: draft4, 6: draft6, 7: draft7, 2019: draft2019, 2020: draft2020 }

/** The same schema, by every draft. */
function byDraft (name: string, schema: object, values: string): SchemaCases {
  return Object.fromEntries(Object.entries(drafts).map(([draft, $schema]) => [`${name}, draft ${draft}`, [{ $schema, ...schema }, values]]))
}

/** Where drafts differ, references, and schemas that are none. */
export const draftCases: SchemaCases = {
  ...byDraft('a format', { properties: { a: { format: 'ipv4' } } }, 'a: 1.2.3'),
  ...byDraft('beside $ref', { definitions: { x: { type: 'string' } }, properties: { a: { $ref: '#/definitions/x', maxLength: 1, const: 'y' } } }, 'a: xyz'),
  ...byDraft('items in a list', { properties: { a: { items: [{ type: 'string' }], additionalItems: false } } }, 'a: [1, 2]'),
  ...byDraft('exclusiveMaximum is true', { properties: { a: { maximum: 3, exclusiveMaximum: true } } }, 'a: 3'),
  ...byDraft('contains', { properties: { a: { contains: { type: 'string' } } } }, 'a: [1]'),
  ...byDraft('const', { properties: { a: { const: 1 } } }, 'a: 2'),
  ...byDraft('if', { if: { required: ['a'] }, then: { required: ['b'] } }, 'a: 2'),
  ...byDraft('dependentRequired', { dependentRequired: { a: ['b'] } }, 'a: 2'),
  ...byDraft('unevaluatedProperties', { properties: { a: {} }, unevaluatedProperties: false }, 'b: 2'),
  ...byDraft('additionalItems with a schema', { properties: { a: { items: [{}], additionalItems: { type: 'string' } } } }, 'a: [1, 2, x]'),
  ...byDraft('a type that is none', { properties: { a: { type: 'text' } } }, 'a: 2'),
  ...byDraft('required is no list', { required: 'a' }, 'a: 2'),
  ...byDraft('a schema that is a number', { properties: { a: 5 } }, 'a: 2'),
  ...byDraft('a schema that is true', { properties: { a: false } }, 'a: 2'),
  ...byDraft('a negative length', { properties: { a: { minLength: -1 } } }, 'a: 2'),
  ...byDraft('a bad pattern of properties', { patternProperties: { '(': { type: 'string' } } }, 'a: 2'),
  ...byDraft('an empty enum', { properties: { a: { enum: [] } } }, 'a: 2'),
  'http in place of https': [{ $schema: 'http://json-schema.org/draft/2019-09/schema#', properties: { a: { items: [{ type: 'string' }] } } }, 'a: [1]'],
  'https in place of http': [{ $schema: 'https://json-schema.org/draft-07/schema', properties: { a: { format: 'ipv4' } } }, 'a: x'],
  'the latest': [{ $schema: 'https://json-schema.org/schema', properties: { a: { prefixItems: [{ type: 'string' }] } } }, 'a: [1]'],
  'a $schema that is no address': [{ $schema: 'http://[x', type: 'object' }, 'a: 1'],
  'a $schema that is a number': [{ $schema: 7, type: 'object' }, 'a: 1'],
  'a $schema of a vocabulary': [{ $schema: 'https://json-schema.org/draft/2020-12/meta/core', required: ['b'] }, 'a: 1'],
  'a $schema that is itself': [{ $schema: 'file:///values.schema.json', required: ['b'] }, 'a: 1'],
  'a $schema of no known scheme': [{ $schema: 'ftp://example.com/x', required: ['b'] }, 'a: 1'],
  '$ref to $defs': [{ $defs: { x: { type: 'string' } }, properties: { a: { $ref: '#/$defs/x' } } }, 'a: 1'],
  '$ref to definitions': [{ definitions: { x: { type: 'string' } }, properties: { a: { $ref: '#/definitions/x' } } }, 'a: 1'],
  '$ref through escapes': [{ $defs: { 'x y/z~': { type: 'string' } }, properties: { a: { $ref: '#/$defs/x%20y~1z~0' } } }, 'a: 1'],
  '$ref to itself': [{ properties: { a: { $ref: '#' }, b: { type: 'string' } } }, 'a: {a: {b: 1}}'],
  '$ref to what is not there': [{ properties: { a: { $ref: '#/$defs/x' } } }, 'a: 1'],
  '$ref to below an unknown keyword': [{ more: { x: { type: 'string' } }, properties: { a: { $ref: '#/more/x' } } }, 'a: 1'],
  '$ref to a bad schema below an unknown keyword': [{ more: { x: { type: 'text' } }, properties: { a: { $ref: '#/more/x' } } }, 'a: 1'],
  '$ref with a bad escape': [{ properties: { a: { $ref: '#/%zz' } } }, 'a: 1'],
  '$ref to an item': [{ allOf: [{ $defs: { q: { type: 'string' } } }], properties: { a: { $ref: '#/allOf/0/$defs/q' } } }, 'a: 1'],
  'a chain of $ref': [{ $defs: { x: { $ref: '#/$defs/y' }, y: { $ref: '#/$defs/z' }, z: { type: 'string' } }, properties: { a: { $ref: '#/$defs/x' } } }, 'a: 1'],
  'a circle of $ref': [{ $defs: { x: { $ref: '#/$defs/y' }, y: { $ref: '#/$defs/x' } }, properties: { a: { $ref: '#/$defs/x' } } }, 'a: 1'],
  'a circle of one': [{ properties: { a: { $ref: '#/properties/a' } } }, 'a: 1'],
  'a circle through all': [{ $defs: { x: { allOf: [{ type: 'number' }, { $ref: '#/$defs/x' }] } }, properties: { a: { $ref: '#/$defs/x' } } }, 'a: 1'],
  $anchor: [{ $defs: { x: { $anchor: 'here', type: 'string' } }, properties: { a: { $ref: '#here' } } }, 'a: 1'],
  'an anchor that is not there': [{ properties: { a: { $ref: '#here' } } }, 'a: 1'],
  'an anchor twice': [{ $defs: { x: { $anchor: 'here' } }, properties: { a: { $anchor: 'here' } } }, 'a: 1'],
  'an id as an anchor': [{ $schema: draft7, definitions: { x: { $id: '#here', type: 'string' } }, properties: { a: { $ref: '#here' } } }, 'a: 1'],
  'an id of draft 4': [{ $schema: draft4, id: 'http://example.com/root.json', definitions: { x: { id: 'x.json', type: 'string' } }, properties: { a: { $ref: 'x.json' } } }, 'a: 1'],
  '$id of the root': [{ $id: 'https://example.com/a/values.json', $defs: { x: { type: 'string' } }, properties: { a: { $ref: 'values.json#/$defs/x' }, b: { $ref: '#/$defs/x' } } }, 'a: 1\nb: x'],
  '$id within': [{ $id: 'https://example.com/a/', $defs: { x: { $id: 'b/c', $defs: { y: { type: 'string' } } } }, properties: { a: { $ref: '/a/b/c#/$defs/y' } } }, 'a: 1'],
  '$id that is relative': [{ $id: 'x/../sub/root.json', $defs: { x: { $id: '../x.json', type: 'string' } }, properties: { a: { $ref: '/x.json' } } }, 'a: 1'],
  '$id of a urn': [{ $id: 'urn:uuid:deadbeef-1234-00ff-ff00-4321feebdaed', $defs: { x: { type: 'string' } }, properties: { a: { $ref: '#/$defs/x' }, b: { $ref: 'urn:uuid:deadbeef-1234-00ff-ff00-4321feebdaed#/$defs/x' } } }, 'a: 1\nb: x'],
  'an $id twice': [{ $defs: { x: { $id: 'https://example.com/x' } }, properties: { a: { $id: 'https://example.com/x' } } }, 'a: 1'],
  'an $id that is no address': [{ $id: 'http://[x' }, 'a: 1'],
  'an $id with a fragment': [{ $id: 'https://example.com/x#y' }, 'a: 1'],
  'another draft within': [{ $defs: { x: { $id: 'https://example.com/x', $schema: draft7, properties: { a: { items: [{ type: 'string' }] } } } }, $ref: '#/$defs/x' }, 'a: [1]'],
  'a bad schema of another draft within': [{ $defs: { x: { $id: 'https://example.com/x', $schema: draft7, items: { if: 1 } } } }, 'a: [1]'],
  'a $ref to a urn': [{ properties: { a: { $ref: 'urn:example:x' } }, required: ['b'] }, 'a: 1'],
  'a $ref to a draft': [{ properties: { a: { $ref: draft7 } } }, 'a: {type: 7}'],
  'a $ref to the latest draft': [{ properties: { a: { $ref: draft2020 } } }, 'a: {minLength: -1}'],
  'a $ref of no known scheme': [{ properties: { a: { $ref: 'ftp://example.com/x' } } }, 'a: 1'],
  $recursiveRef: [{ $schema: draft2019, $recursiveAnchor: true, properties: { a: { $recursiveRef: '#' }, b: { type: 'string' } } }, 'a: {a: {b: 1}}'],
  '$recursiveRef from a base': [{
    $schema: draft2019,
    $id: 'https://example.com/strict',
    $recursiveAnchor: true,
    $ref: 'tree',
    unevaluatedProperties: false,
    $defs: { tree: { $id: 'https://example.com/tree', $recursiveAnchor: true, properties: { a: {}, global: {}, children: { items: { $recursiveRef: '#' } } } } }
  }, 'a: 1\nchildren: [{a: 1}, {daat: 2}]'],
  '$dynamicRef from a base': [{
    $id: 'https://example.com/strict',
    $dynamicAnchor: 'node',
    $ref: 'tree',
    unevaluatedProperties: false,
    $defs: { tree: { $id: 'https://example.com/tree', $dynamicAnchor: 'node', properties: { a: {}, global: {}, children: { items: { $dynamicRef: '#node' } } } } }
  }, 'a: 1\nchildren: [{a: 1}, {daat: 2}]'],
  '$dynamicRef to an anchor': [{ $defs: { x: { $anchor: 'items', type: 'string' } }, properties: { a: { $dynamicRef: '#items' } } }, 'a: 1'],
  'two things wrong with a schema': [{ properties: { a: { minLength: 'x', maxLength: -1 } } }, 'a: 1'],
  'a schema that is a list': [[], 'a: 1'],
  'a schema that is null': [null, 'a: 1'],
  'a schema that is a text': ['"x"', 'a: 1'],
  'an empty file': ['', 'a: 1'],
  'white space': [' \n', 'a: 1'],
  'no JSON': ['{nope}', 'a: 1'],
  'half a JSON': ['{"type": "obj', 'a: 1'],
  'half a word': ['{"type": tru', 'a: 1'],
  'two JSONs': ['{} {}', 'a: 1'],
  'a comma too many': ['{"type": "object",}', 'a: 1'],
  'JSON with comments': ['// note\n{}', 'a: 1'],
  'a key twice': ['{"required":["b"],"required":["a"]}', 'a: 1'],
  'a circle in a schema that is never reached': [{ $defs: { x: { $ref: '#/$defs/x' } } }, 'a: 1']
}
