import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { GoFunc, Value } from '../go/value.js'
import { counted } from '../sprig/costs.js'
import { define } from '../sprig/define.js'
import { sprigFunctions } from '../sprig/table.js'
import { textOf } from '../sprig/text.js'
import type { Runtime, Scope, TemplateFunction } from '../template/runtime.js'
import { durationFunctions } from './duration-functions.js'
import { EngineError } from './errors.js'
import type { EngineOptions } from './options.js'
import { tomlFunctions } from './toml-functions.js'
import { dataFunctions } from './yaml-functions.js'

/** How often a name may be nested in itself by `include`. */
const maxNesting = 1000

/** What Go prints for a value that is not there. */
const noValue = '<no value>'

/**
 * The functions that a chart's templates may call: Sprig's (without `env` and `expandenv`) and Helm's own.
 *
 * @param options clock, random bytes, look-ups, lint mode
 * @returns the functions by name
 */
export function engineFunctions (options: EngineOptions): ReadonlyMap<string, TemplateFunction> {
  return new Map<string, TemplateFunction>([
    ...sprigFunctions(options),
    ...counted(dataFunctions),
    ...tomlFunctions(options),
    ...durationFunctions,
    ['include', include],
    ['tpl', tpl],
    ['required', required(options)],
    ['fail', fail(options)],
    ['lookup', lookup(options)],
    // Without --enable-dns Helm looks up nothing.
    ['getHostByName', define(['string'], name => options.hostByName?.(name) ?? '')]
  ])
}

/**
 * Takes away what Go prints for missing values, as Helm does with each file and with each result of `tpl`.
 *
 * @param text what a template printed
 * @returns the text without `<no value>`
 */
export function withoutNoValue (text: string): string {
  return text.includes(noValue) ? text.split(noValue).join('') : text
}

/** The template is deferred, so that includes that nest a thousand deep need no stack of ours. */
function include (runtime: Runtime): GoFunc {
  const nesting = nestingOf(runtime.scope)
  return {
    params: ['string', 'any'],
    call: (argument = null, data = null) => {
      const name = textOf(argument)
      const depth = nesting.get(name) ?? 0
      if (depth > maxNesting) {
        throw new EngineError('execution', `rendering template has a nested reference name: ${name}: unable to execute template`)
      }
      const leave = <T>(result: T): T => {
        nesting.set(name, depth)
        return result
      }
      nesting.set(name, depth + 1)
      try {
        return runtime.defer(name, data, { returned: leave, failed: leave })
      } catch (error) {
        throw leave(error)
      }
    }
  }
}

const nestingKey = Symbol('include')

function nestingOf (scope: Scope): Map<string, number> {
  const known = scope.memory.get(nestingKey)
  if (known instanceof Map) return known as Map<string, number>
  const nesting = new Map<string, number>()
  scope.memory.set(nestingKey, nesting)
  return nesting
}

function tpl (runtime: Runtime): GoFunc {
  return define(['string', 'any'], (text, data) => {
    const child = prefixed(`cannot parse template ${quote(text)}: `, () => runtime.child('gotpl', text))
    return runtime.defer(child, data, { returned: withoutNoValue, failed: error => executionError(`error during tpl function execution for ${quote(text)}: `, error) })
  })
}

function prefixed<T> (prefix: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw executionError(prefix, error)
  }
}

function executionError (prefix: string, cause: unknown): EngineError {
  return new EngineError('execution', prefix + messageOf(cause), { cause })
}

/** Nil and the empty text are refused; false, 0 and empty lists are values. */
function required (options: EngineOptions): GoFunc {
  return define(['string', 'any'], (message, value): Value => {
    if (value !== null && value !== '') return value
    if (options.lint !== true) throw new EngineError('failed', message)
    options.warn?.(`missing required value: ${message}`)
    return ''
  })
}

function fail (options: EngineOptions): GoFunc {
  return define(['string'], message => {
    if (options.lint !== true) throw new EngineError('failed', message)
    options.warn?.(`fail: ${message}`)
    return ''
  })
}

function lookup ({ lint, lookUp }: EngineOptions): GoFunc {
  return define(['string', 'string', 'string', 'string'], (apiVersion, kind, namespace, name) =>
    lint === true || lookUp === undefined ? new Map() : lookUp(apiVersion, kind, namespace, name))
}
