import { unquote } from '../../src/go/strconv.js'
import { int, type Value } from '../../src/go/value.js'

/** Functions that a call may name. */
export type Functions = Readonly<Record<string, (...args: Value[]) => Value>>

/** What a call is evaluated with. */
export interface Scope {
  readonly functions: Functions
  /** What `.Values` stands for. */
  readonly values?: Value
}

const token = /\s*(?:(?<text>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?<number>[+-]?(?:0[xX][\da-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+))|(?<path>(?:\.[A-Za-z_]\w*)+|\.)|(?<word>[A-Za-z_]\w*)|(?<mark>[()|]))/y

/**
 * Evaluates the expression of a case's `call`: a function's name and its arguments, pipes, and parentheses around calls. It knows string and
 * number literals, `true`, `false`, `nil` and paths from `.Values`; nothing else of the template language.
 *
 * @param call such as `printf "%d" (len (list 1 2)) | quote`
 * @param scope the functions, and the values
 * @returns what the last function gave
 * @throws {Error} when the expression is beyond it, or whatever a function throws
 */
export function evaluate (call: string, scope: Scope): Value {
  const tokens = readTokens(call)
  const value = evaluatePipe(tokens, scope)
  if (tokens.length > 0) throw new Error(`cannot evaluate ${call}: ${tokens.length} tokens left`)
  return value
}

interface Token { readonly kind: string, readonly text: string }

function readTokens (call: string): Token[] {
  const tokens: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < call.trimEnd().length) {
    const at = token.lastIndex
    const groups = token.exec(call)?.groups
    if (groups === undefined) throw new Error(`cannot evaluate ${call}: unexpected text at ${at}`)
    for (const [kind, text] of Object.entries(groups) as Array<[string, string | undefined]>) {
      if (text !== undefined) tokens.push({ kind, text })
    }
  }
  return tokens
}

function evaluatePipe (tokens: Token[], scope: Scope): Value {
  let value = evaluateCommand(tokens, scope, [])
  while (tokens[0]?.text === '|' && tokens[0].kind === 'mark') {
    tokens.shift()
    value = evaluateCommand(tokens, scope, [value])
  }
  return value
}

function evaluateCommand (tokens: Token[], scope: Scope, last: Value[]): Value {
  const first = tokens[0]
  const isCall = first?.kind === 'word' && !['true', 'false', 'nil'].includes(first.text)
  if (!isCall) return evaluateOperand(tokens, scope)
  tokens.shift()
  const args: Value[] = []
  while (tokens[0] !== undefined && !(tokens[0].kind === 'mark' && tokens[0].text !== '(')) args.push(evaluateOperand(tokens, scope))
  return callFunction(first.text, [...args, ...last], scope)
}

function callFunction (name: string, args: Value[], scope: Scope): Value {
  const called = scope.functions[name]
  if (called === undefined) throw new Error(`no function ${name} is given`)
  return called(...args)
}

function evaluateOperand (tokens: Token[], scope: Scope): Value {
  const { kind, text } = tokens.shift() ?? { kind: '', text: '' }
  if (text === '(' && kind === 'mark') {
    const value = evaluatePipe(tokens, scope)
    tokens.shift()
    return value
  }
  if (kind === 'text') return unquote(text)
  if (kind === 'number') return /^[+-]?(?:\d+|0[xX].*)$/.test(text) ? int(BigInt(text)) : Number(text)
  if (kind === 'path') return follow(text, scope)
  return evaluateWord(text, scope)
}

function evaluateWord (text: string, scope: Scope): Value {
  switch (text) {
    case 'true': return true
    case 'false': return false
    case 'nil': return null
    default: return callFunction(text, [], scope)
  }
}

function follow (path: string, scope: Scope): Value {
  const names = path.split('.').slice(1)
  if (names.shift() !== 'Values') throw new Error(`cannot evaluate ${path}: only .Values is known`)
  let value: Value = scope.values ?? null
  for (const name of names) value = value instanceof Map ? value.get(name) ?? null : null
  return value
}
