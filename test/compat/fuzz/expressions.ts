import { literal } from './literals.js'
import type { Random } from './random.js'
import { giving, isText, signatures, type Signature, type Type } from './signatures.js'
import { dataList, dataMap, json, number, text, type Data } from './texts.js'

/** A variable that a template may name. */
export interface Variable {
  readonly name: string
  readonly type: Type
}

/** How likely something is put where it does not belong. */
const wrong = 0.012

const allTypes: readonly Type[] = ['int', 'float', 'string', 'bool', 'list', 'dict', 'time', 'duration']

const fields: ReadonlyMap<Type, readonly string[]> = new Map<Type, readonly string[]>([
  ['string', ['.Values.s', '.Values.t', '.Values.m.s', '.Values.deep.a.b', '.Release.Name', '.Chart.Name']],
  ['float', ['.Values.n', '.Values.f', '.Values.m.n', '.Values.i']],
  ['number', ['.Values.n', '.Values.f', '.Values.i']],
  ['bool', ['.Values.b', '.Values.m.b']],
  ['list', ['.Values.l', '.Values.ls', '.Values.m.l', '.Values.empty']],
  ['dict', ['.Values.m', '.Values', '.Values.deep', '.Values.deep.a', '.Values.none']],
  ['any', ['.Values.nil', '.Values.s', '.Values.n', '.Values.l', '.Values.m', '.Values.b', '.Values.missing', '.Values.deep.a.c', '.Values.m.a', '.Capabilities.KubeVersion.Version', '.Capabilities.KubeVersion']]
])

/** The values that expressions name, filled anew for each case. */
export function exampleValues (random: Random): string {
  const values: { [key: string]: Data } = {
    s: text(random),
    t: text(random),
    n: number(random),
    i: random.between(-2, 12),
    f: number(random),
    b: random.chance(0.5),
    nil: null,
    l: dataList(random, 2),
    ls: random.times(0, 3, () => text(random)),
    m: { ...dataMap(random, 2), s: text(random), n: random.between(0, 5), b: true, l: dataList(random, 1) },
    deep: { a: { b: text(random), c: dataList(random, 1) } },
    empty: [],
    none: {}
  }
  return json(values)
}

/**
 * An expression that mostly gives what is wanted.
 *
 * @param random where it comes from
 * @param type what is wanted
 * @param parts how deep calls may nest, and the variables in sight
 * @returns a text that may stand as an argument
 */
export function expression (random: Random, type: Type, parts: { readonly depth: number, readonly variables: readonly Variable[] }): string {
  const wanted = random.chance(wrong) ? random.pick(allTypes) : type
  if (random.chance(wrong / 3)) return random.pick(['nil', '.', '$', '.nope', '$.Values.nope.nope', '(.Values)', 'true', '""', '-', '$nope', '(nope 1)', '()'])
  if (wanted === 'small' || (isText(wanted) && random.chance(0.93))) return literal(random, wanted)
  const choice = random.int(10)
  if (choice < 2) {
    const fitting = parts.variables.filter(variable => variable.type === wanted || wanted === 'any')
    if (fitting.length > 0) return random.pick(fitting).name
  }
  if (choice < 5) {
    const known = fields.get(wanted)
    if (known !== undefined) return `${random.pick(['', '', '$'])}${random.pick(known)}`
  }
  if (parts.depth > 0 && choice < 9) return callExpression(random, wanted, parts)
  return literal(random, wanted)
}

function callExpression (random: Random, type: Type, parts: { readonly depth: number, readonly variables: readonly Variable[] }): string {
  const fitting = giving(isText(type) ? 'string' : type)
  if (fitting.length === 0) return literal(random, type)
  return `(${call(random, random.pick(fitting), parts)})`
}

/**
 * A call of a function: a word and its arguments, or a pipeline whose last stage it is.
 *
 * @param random where it comes from
 * @param signature what is called
 * @param parts how deep calls may nest, and the variables in sight
 */
export function call (random: Random, signature: Signature, parts: { readonly depth: number, readonly variables: readonly Variable[] }): string {
  const inner = { ...parts, depth: parts.depth - 1 }
  const { params, rest } = signature
  const args = [...params, ...rest === undefined ? [] : random.times(0, 3, () => rest)].map(type => expression(random, type, inner))
  if (random.chance(wrong)) args.pop()
  if (random.chance(wrong / 2)) args.push(expression(random, 'any', inner))
  const last = args.at(-1)
  if (last !== undefined && random.chance(0.35)) return `${last.replace(/^\((.*)\)$/s, (whole, inside: string) => isOne(inside) ? inside : whole)} | ${[signature.name, ...args.slice(0, -1)].join(' ')}`
  return [signature.name, ...args].join(' ')
}

/** Whether parentheses around a text belong together, so that they may be left out. */
function isOne (inside: string): boolean {
  return inside !== '' && !/[()"`']/.test(inside)
}

/** A call of any function. */
export function anyCall (random: Random, parts: { readonly depth: number, readonly variables: readonly Variable[] }): { readonly text: string, readonly type: Type } {
  const signature = random.pick(signatures)
  return { text: call(random, signature, parts), type: signature.gives }
}
