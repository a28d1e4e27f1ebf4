/** The part of JSON Schema (draft 7) that the chart's schema uses. */
export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
}

const known = new Set(['$schema', 'title', 'description', 'type', 'properties', 'additionalProperties', 'propertyNames', 'required', 'items', 'enum', 'pattern', 'minLength', 'maxLength', 'minItems', 'minimum', 'maximum'])

/**
 * What is wrong with a value, by its path. Real Helm checks with a whole validator; this is enough to see mistakes without it.
 *
 * @param path of the value, with dots
 * @throws when the schema uses a keyword that is not understood here
 */
export function complaintsAbout (value: unknown, schema: Schema, path = ''): string[] {
  const foreign = Object.keys(schema).find(keyword => !known.has(keyword))
  if (foreign !== undefined) throw new Error(`${path}: the check does not know the keyword ${foreign}`)
  if (schema.type !== undefined && !hasType(value, schema.type)) return [`${path} is not of type ${schema.type}`]
  if (schema.enum?.includes(value) === false) return [`${path} is none of ${schema.enum.join(', ')}`]
  if (typeof value === 'string') return aboutText(value, schema).map(complaint => `${path} ${complaint}`)
  if (typeof value === 'number') return aboutNumber(value, schema).map(complaint => `${path} ${complaint}`)
  if (Array.isArray(value)) return aboutItems(value, schema, path)
  return isObject(value) ? aboutProperties(value, schema, path) : []
}

/** Whether something is an object with keys, rather than a list or nothing. */
export function isObject (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const typeChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  integer: Number.isSafeInteger
}

function hasType (value: unknown, type: string): boolean {
  const check = typeChecks[type]
  if (check === undefined) throw new Error(`the check does not know the type ${type}`)
  return check(value)
}

function aboutText (value: string, { pattern, minLength = 0, maxLength = Infinity }: Schema): string[] {
  if (value.length < minLength) return ['is too short']
  if (value.length > maxLength) return ['is too long']
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? [] : [`does not look like ${pattern}`]
}

function aboutNumber (value: number, { minimum = -Infinity, maximum = Infinity }: Schema): string[] {
  if (value < minimum) return [`is below ${minimum}`]
  return value > maximum ? [`is above ${maximum}`] : []
}

function aboutItems (value: readonly unknown[], { items, minItems = 0 }: Schema, path: string): string[] {
  if (value.length < minItems) return [`${path} is too short`]
  return items === undefined ? [] : value.flatMap((item, index) => complaintsAbout(item, items, `${path}[${index}]`))
}

function aboutProperties (value: Record<string, unknown>, schema: Schema, path: string): string[] {
  const missing = (schema.required ?? []).filter(name => !(name in value)).map(name => `${join(path, name)} is missing`)
  const names = Object.keys(value).filter(name => schema.propertyNames !== undefined && complaintsAbout(name, schema.propertyNames).length > 0)
  const wrong = Object.entries(value).flatMap(([name, child]) => {
    const expected = schema.properties?.[name] ?? schema.additionalProperties ?? true
    if (expected === true) return []
    return expected === false ? [`${join(path, name)} is not known`] : complaintsAbout(child, expected, join(path, name))
  })
  return [...missing, ...names.map(name => `${path} has a wrong name: ${name}`), ...wrong]
}

function join (path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
