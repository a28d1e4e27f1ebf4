import { anyCall, expression, type Variable } from './expressions.js'
import type { Random } from './random.js'
import type { Type } from './signatures.js'

/** Where a statement stands. */
interface Place {
  readonly depth: number
  readonly variables: readonly Variable[]
  readonly defines: readonly string[]
  readonly inLoop: boolean
}

const someTypes: readonly Type[] = ['any', 'string', 'int', 'number', 'list', 'dict', 'bool', 'float']

/**
 * A template: defines, and text with statements of every kind in one another.
 *
 * @param random where it comes from
 */
export function templateText (random: Random): string {
  const defines = random.times(0, 2, index => `t${index}`)
  const parts = defines.map((name, index) => `${open(random, `define "${name}"`)}${statements(random, { depth: 2, variables: [], defines: defines.slice(index + 1), inLoop: false })}${open(random, 'end')}${random.pick(['', '\n'])}`)
  parts.splice(random.int(parts.length + 1), 0, statements(random, { depth: 4, variables: [], defines, inLoop: false }))
  return parts.join('')
}

/** Statements one after another: what one declares, those after it see. */
function statements (random: Random, place: Place): string {
  const variables = [...place.variables]
  return random.times(1, 4, () => {
    const { text, declared } = statement(random, { ...place, variables })
    variables.push(...declared)
    return text
  }).join('')
}

interface Statement {
  readonly text: string
  readonly declared: readonly Variable[]
}

function statement (random: Random, place: Place): Statement {
  const choice = random.int(place.depth > 0 ? 20 : 10)
  if (choice < 3) return said(plainText(random))
  if (choice < 7) return said(open(random, pipeline(random, place)))
  if (choice < 9) return declaration(random, place)
  if (choice < 10) return said(random.chance(0.5) ? comment(random) : assignment(random, place))
  if (choice < 13) return said(conditional(random, place))
  if (choice < 16) return said(range(random, place))
  if (choice < 18) return said(withBlock(random, place))
  return said(invocation(random, place))
}

function said (text: string): Statement {
  return { text, declared: [] }
}

/** Delimiters around what stands in them, sometimes with trim markers. */
function open (random: Random, inside: string): string {
  return `${random.chance(0.2) ? '{{- ' : `{{${random.pick([' ', ' ', ''])}`}${inside}${random.chance(0.2) ? ' -}}' : `${random.pick([' ', ' ', ''])}}}`}`
}

function plainText (random: Random): string {
  return random.pick(['a', ' ', '\n', '  x  ', '\n\n', 'k: ', '\t', '{', '}', '{ {', '-', 'é', '\n  - ', '"', '<no value>', '}}', '\r\n', '{%', 'text\n'])
}

function comment (random: Random): string {
  return random.pick(['{{/* c */}}', '{{- /* c\n d */ -}}', '{{/* {{ x }} */}}', '{{- /**/ -}}', '{{/*a*/ -}}', '{{ /* c */}}'])
}

function pipeline (random: Random, { depth, variables }: Place): string {
  const parts = { depth: Math.min(depth, 2), variables }
  const choice = random.int(10)
  if (choice < 5) return anyCall(random, parts).text
  const shown = expression(random, random.pick(someTypes), parts)
  return random.chance(0.4) ? `${shown} | ${random.pick(['quote', 'toJson', 'toYaml', 'toString', 'printf "%v"', 'printf "%#v"', 'kindOf', 'typeOf', 'len', 'default "d"', 'upper', 'first', 'nindent 2', 'not', 'print 1', 'int', 'b64enc', 'html', 'squote'])}` : shown
}

function name (random: Random): string {
  return `$${random.pick(['x', 'y', 'z', 'i', 'v', 'long_Name9', 'é'])}`
}

function declaration (random: Random, { depth, variables }: Place): Statement {
  const type = random.pick(someTypes)
  const declared = { name: name(random), type }
  return { text: open(random, `${declared.name} := ${expression(random, type, { depth: Math.min(depth, 2), variables })}`), declared: [declared] }
}

function assignment (random: Random, { depth, variables }: Place): string {
  const variable = variables.length > 0 && random.chance(0.95) ? random.pick(variables) : { name: name(random), type: 'any' as const }
  return open(random, `${variable.name} = ${expression(random, variable.type, { depth: Math.min(depth, 1), variables })}`)
}

function conditional (random: Random, place: Place): string {
  const condition = (): string => expression(random, random.pick<Type>(['bool', 'bool', 'any', 'string', 'list', 'int']), { depth: 1, variables: place.variables })
  const inner = { ...place, depth: place.depth - 1 }
  const declares = random.chance(0.15) ? { name: name(random), type: 'any' as const } : undefined
  const seen = declares === undefined ? inner : { ...inner, variables: [...inner.variables, declares] }
  let text = open(random, `if ${declares === undefined ? '' : `${declares.name} := `}${condition()}`) + statements(random, seen)
  for (let i = random.int(3); i > 1; i--) text += open(random, `else if ${condition()}`) + statements(random, seen)
  if (random.chance(0.4)) text += open(random, 'else') + statements(random, seen)
  return text + open(random, 'end')
}

function range (random: Random, place: Place): string {
  const over = expression(random, random.pick<Type>(['list', 'list', 'dict', 'small', 'any']), { depth: 1, variables: place.variables })
  const declared: Variable[] = random.pick<Variable[]>([[], [], [{ name: name(random), type: 'any' }], [{ name: name(random), type: 'any' }, { name: name(random), type: 'any' }]])
  const head = declared.length === 0 ? '' : `${declared.map(variable => variable.name).join(', ')} ${random.chance(0.97) ? ':=' : '='} `
  const inner = { ...place, depth: place.depth - 1, variables: [...place.variables, ...declared], inLoop: true }
  const leave = random.chance(0.15) ? random.pick(['{{ break }}', '{{ continue }}', '{{ if true }}{{ break }}{{ end }}', '{{- continue -}}', '{{break}}']) : ''
  const otherwise = random.chance(0.25) ? open(random, 'else') + statements(random, { ...place, depth: place.depth - 1 }) : ''
  return `${open(random, `range ${head}${over}`)}${statements(random, inner)}${leave}${otherwise}${open(random, 'end')}`
}

function withBlock (random: Random, place: Place): string {
  const inner = { ...place, depth: place.depth - 1 }
  const declared = random.chance(0.3) ? { name: name(random), type: 'any' as const } : undefined
  const value = (): string => expression(random, random.pick(someTypes), { depth: 1, variables: place.variables })
  const seen = declared === undefined ? inner : { ...inner, variables: [...inner.variables, declared] }
  let text = open(random, `with ${declared === undefined ? '' : `${declared.name} := `}${value()}`) + random.pick(['{{ . }}', '', '{{ $.Values.n }}']) + statements(random, seen)
  if (random.chance(0.15)) text += open(random, `else with ${value()}`) + statements(random, seen)
  if (random.chance(0.3)) text += open(random, 'else') + statements(random, seen)
  return text + open(random, 'end')
}

function invocation (random: Random, place: Place): string {
  const called = place.defines.length > 0 && random.chance(0.95) ? random.pick(place.defines) : 'nope'
  const argument = random.pick(['.', '$', '$', expression(random, 'dict', { depth: 1, variables: place.variables })])
  const choice = random.int(4)
  if (choice < 1) return open(random, `template "${called}"${random.chance(0.8) ? ` ${argument}` : ''}`)
  if (choice < 3) return open(random, `include "${called}" ${argument}${random.pick(['', ' | nindent 4', ' | trim', ' | quote', ' | fromYaml', ' | upper'])}`)
  return place.inLoop ? open(random, `include "${called}" ${argument}`) : `${open(random, `block "b${random.int(1000)}" ${argument}`)}${plainText(random)}{{ . | kindOf }}${open(random, 'end')}`
}
