import { messageOf } from '../../../errors.js'
import { SprigError } from '../../../sprig/errors.js'
import { Pattern } from '../../../sprig/pattern.js'
import { display, type Failure } from '../failure.js'
import { formats, type FormatCheck } from '../formats/format.js'
import { FormatError } from '../formats/format-error.js'
import type { Frame } from '../frame.js'
import { equal, isInteger, jsonTypes, sizeOf, typeOfJson, type JsonType } from '../instance.js'
import type { Json } from '../json.js'
import type { Gate } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

/** `type`, `const`, `enum` and `format`: what fails here ends the work on a value. */
export function assertionGates (keywords: KeywordReader): Gate[] {
  const validation = keywords.has('validation')
  const gates = [
    validation ? typeGate(keywords.value('type')) : undefined,
    constGate(keywords),
    validation ? enumGate(keywords.list('enum')) : undefined,
    keywords.context.assertsFormat ? formatGate(keywords.text('format')) : undefined
  ]
  return gates.filter(gate => gate !== undefined)
}

/** `const`, which is known since draft 6. */
export function constGate (keywords: KeywordReader): Gate | undefined {
  const wanted = keywords.version >= 6 && keywords.has('validation') ? keywords.value('const') : undefined
  if (wanted === undefined) return undefined
  const size = sizeOf(wanted)
  const text = (): string => isScalar(wanted) ? `value must be ${display(wanted)}` : "'const' failed"
  return frame => {
    frame.run.budget.spend(size >> 3)
    return equal(frame.value, wanted) ? undefined : frame.failure(text)
  }
}

function typeGate (value: Json | undefined): Gate | undefined {
  const names = new Set(Array.isArray(value) ? value : [value])
  const wanted = jsonTypes.filter(type => names.has(type))
  if (wanted.length === 0) return undefined
  return frame => hasType(frame.value, wanted) ? undefined : frame.failure(() => `got ${typeOfJson(frame.value) ?? ''}, want ${wanted.join(' or ')}`)
}

function hasType (value: Json, wanted: readonly JsonType[]): boolean {
  const type = typeOfJson(value)
  return wanted.some(name => name === type || (name === 'integer' && type === 'number' && isInteger(value)))
}

function enumGate (values: Json[] | undefined): Gate | undefined {
  if (values === undefined) return undefined
  const steps = sizeOf(values) >> 3
  const text = (): string => enumText(values)
  return (frame: Frame): Failure | undefined => {
    frame.run.budget.spend(steps)
    return values.some(value => equal(frame.value, value)) ? undefined : frame.failure(text)
  }
}

function enumText (values: readonly Json[]): string {
  if (!values.every(isScalar)) return "'enum' failed"
  const [only = null] = values
  return values.length === 1 ? `value must be ${display(only)}` : `value must be one of ${values.map(display).join(', ')}`
}

function isScalar (value: Json): boolean {
  return !Array.isArray(value) && !(value instanceof Map)
}

/** A format that is not known is no format. */
function formatGate (name: string | undefined): Gate | undefined {
  const check = name === 'regex' ? checkRegex : formats.get(name ?? '')
  if (name === undefined || check === undefined) return undefined
  return frame => {
    const { value } = frame
    if (typeof value !== 'string') return undefined
    frame.run.budget.spend(value.length >> 1)
    const wrong = complaint(check, value)
    return wrong === undefined ? undefined : frame.failure(() => `${display(value)} is not valid ${name}: ${wrong}`)
  }
}

function complaint (check: FormatCheck, value: string): string | undefined {
  try {
    check(value)
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.message
    throw error
  }
}

function checkRegex (expression: string): void {
  try {
    compiled(expression)
  } catch (error) {
    if (error instanceof SprigError) throw new FormatError(messageOf(error), { cause: error })
    throw error
  }
}

function compiled (expression: string): Pattern {
  return new Pattern(expression)
}
