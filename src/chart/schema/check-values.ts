import { messageOf } from '../../errors.js'
import { WorkError } from '../../go/errors.js'
import type { Dict } from '../../go/value.js'
import { endWorkLimit, limitWork } from '../../go/work.js'
import { Budget, schemaLimits, unitsPerStep, type SchemaLimits } from './budget.js'
import { Compiler } from './compiler.js'
import { SchemaError } from './errors.js'
import { failureText, type Failure } from './failure.js'
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
  /** What is left for this schema and others. */
  readonly whole?: Budget
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
export function checkValues (values: Dict, schema: Uint8Array, { unresolved = () => {}, limits = schemaLimits, whole }: SchemaOptions = {}): void {
  const budget = new Budget(limits, whole)
  const failures = withinWork(limits, budget, () => failuresOf(values, schema, { budget, unresolved }))
  if (failures.length > 0) throw new SchemaError('invalid-values', `${failureText(failures)}\n`)
}

function failuresOf (values: Dict, schema: Uint8Array, { budget, unresolved }: { readonly budget: Budget, readonly unresolved: (urn: string) => void }): readonly Failure[] {
  budget.spend(schema.length >> 6)
  const compiler = new Compiler({ budget, unresolved, check: (document, pointer) => { checkSchema(document, pointer, budget) } })
  compiler.provide(address, readSchema(schema))
  return Frame.validate(compiler.compile(address), values, { budget })
}

/** Patterns count what they do as work. */
function withinWork<T> ({ steps }: SchemaLimits, budget: Budget, check: () => T): T {
  const outer = limitWork(() => steps * unitsPerStep)
  try {
    return check()
  } catch (error) {
    if (error instanceof WorkError) throw budget.exceeded()
    throw error
  } finally {
    endWorkLimit(outer)
  }
}

/** What is wrong with values, if anything is: checkValues for those who collect complaints. */
export function complaintAboutValues (values: Dict, schema: Uint8Array, options: SchemaOptions = {}): string | undefined {
  try {
    checkValues(values, schema, options)
    return undefined
  } catch (error) {
    // What Helm says of values ends its line, and so does what it has no words for.
    if (error instanceof SchemaError) return messageOf(error) + (error.code === 'too-complex' ? '\n' : '')
    throw error
  }
}
