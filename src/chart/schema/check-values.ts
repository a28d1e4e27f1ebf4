import { messageOf } from '../../errors.js'
import type { Dict } from '../../go/value.js'
import { Budget, schemaLimits, type SchemaLimits } from './budget.js'
import { Compiler } from './compiler.js'
import { SchemaError } from './errors.js'
import { failureText } from './failure.js'
import { Frame } from './frame.js'
import { readSchema } from './json.js'
import { checkSchema } from './meta-schema.js'

/** Where Helm says that a chart's schema stands: what its references are seen from. */
const address = 'file:///values.schema.json'

/** How values are checked. */
export interface SchemaOptions {
  /** Told of a reference to a `urn:`, which stands for a schema that everything fits. */
  readonly unresolved?: (urn: string) => void
  readonly limits?: SchemaLimits
}

/**
 * Checks values by one schema, as Helm's ValidateAgainstSingleSchema does. Nothing is fetched and no file is read: a schema refers to parts
 * of itself, and to the meta-schemas of the drafts.
 *
 * @param values a chart's
 * @param schema the bytes of values.schema.json: any draft from 4 to 2020-12, which is the one it follows where it names none
 * @param options who is told of what is passed over, and limits
 * @throws {SchemaError} invalid-values, with a line for everything that is wrong and a line feed at its end; invalid-schema, refused, too-complex
 */
export function checkValues (values: Dict, schema: Uint8Array, { unresolved = () => {}, limits = schemaLimits }: SchemaOptions = {}): void {
  const budget = new Budget(limits)
  const compiler = new Compiler({ budget, unresolved, check: (document, pointer) => { checkSchema(document, pointer, budget) } })
  compiler.provide(address, readSchema(schema))
  const failures = Frame.validate(compiler.compile(address), values, { budget })
  if (failures.length > 0) throw new SchemaError('invalid-values', `${failureText(failures)}\n`)
}

/** What is wrong with values, if anything is: checkValues for those who collect complaints. */
export function complaintAboutValues (values: Dict, schema: Uint8Array, options: SchemaOptions = {}): string | undefined {
  try {
    checkValues(values, schema, options)
    return undefined
  } catch (error) {
    if (error instanceof SchemaError) return messageOf(error)
    throw error
  }
}
