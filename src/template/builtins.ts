import { sprint, sprintf, sprintln } from '../go/fmt.js'
import { int, type GoFunc, type Value } from '../go/value.js'
import { equal, equalPair, less, lessOrEqual } from './compare.js'
import { index, length, slice } from './element.js'
import { BuiltinError } from './errors.js'
import { html, js, urlQuery } from './escape.js'
import { isTrue } from './reflect.js'

/** One value, and more. */
const oneOrMore = { params: ['reflect', 'reflect'], variadic: true } as const
const two = { params: ['reflect', 'reflect'] } as const
const one = { params: ['reflect'] } as const
const printing = { params: ['any'], variadic: true } as const

/**
 * Go's builtin template functions. The compiler takes three of them into its own hands: `and` and `or`, which evaluate no more arguments
 * than they need, and `call`, whose errors quote its argument.
 */
export const builtins: ReadonlyMap<string, GoFunc> = new Map<string, GoFunc>([
  ['and', { ...oneOrMore, call: (...args) => args.find(arg => !isTrue(arg)) ?? args.at(-1) ?? null }],
  ['or', { ...oneOrMore, call: (...args) => args.find(isTrue) ?? args.at(-1) ?? null }],
  ['not', { ...one, call: (value = null) => !isTrue(value) }],
  ['call', { ...oneOrMore, call: () => { throw new BuiltinError('type', 'call of nil') } }],

  ['eq', { ...oneOrMore, call: (first = null, ...others) => equal(first, others) }],
  ['ne', { ...two, call: (a = null, b = null) => !equalPair(a, b) }],
  ['lt', { ...two, call: (a = null, b = null) => less(a, b) }],
  ['le', { ...two, call: (a = null, b = null) => lessOrEqual(a, b) }],
  ['gt', { ...two, call: (a = null, b = null) => !lessOrEqual(a, b) }],
  ['ge', { ...two, call: (a = null, b = null) => !less(a, b) }],

  ['index', { ...oneOrMore, call: (item = null, ...indexes) => index(item, indexes) }],
  ['slice', { ...oneOrMore, call: (item = null, ...indexes) => slice(item, indexes) }],
  ['len', { ...one, call: (item = null) => int(length(item)) }],

  ['html', { ...printing, call: (...args) => html(args) }],
  ['js', { ...printing, call: (...args) => js(args) }],
  ['urlquery', { ...printing, call: (...args) => urlQuery(args) }],

  ['print', { ...printing, call: (...args) => sprint(...args) }],
  ['println', { ...printing, call: (...args) => sprintln(...args) }],
  ['printf', { params: ['string', 'any'], variadic: true, call: (format = null, ...args) => sprintf(textOf(format), ...args) }]
])

function textOf (format: Value): string {
  return typeof format === 'string' ? format : ''
}
