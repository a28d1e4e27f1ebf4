import { typeOf } from '../go/type-name.js'
import { int, type Value } from '../go/value.js'
import { failAt, type Argument, type Evaluate } from './argument.js'
import type { ChainNode, CommandNode, FieldNode, IdentifierNode, Operand, PipeNode, VariableNode } from './ast.js'
import { builtins } from './builtins.js'
import { callError, compileBoundCall, compileCall, type CallParts } from './call.js'
import { Complex } from './complex.js'
import { constantOf } from './constant.js'
import { length } from './element.js'
import { BuiltinError } from './errors.js'
import type { Frame } from './execution.js'
import { fieldCall, walkFields, type FieldChain } from './field.js'
import { interfaceType, isTrue, unwrap, type Reflected } from './reflect.js'
import type { TemplateFunction } from './runtime.js'
import type { Variable, VariableScope } from './variables.js'

/** What pipelines are compiled with. */
export interface PipelineContext {
  readonly functions: ReadonlyMap<string, TemplateFunction>
  readonly scope: VariableScope
  /** Which range the dot is an element of, by its depth; undefined when it is none's. */
  dotLoop: number | undefined
}

/** In the slot of a variable whose declaration was passed over. */
const undeclared: Value = new Complex(NaN, NaN)

/** A value put into a variable. */
export type Store = (frame: Frame, value: Reflected) => void

/**
 * Compiles pipelines: Go's eval functions. What evaluates them leaves in `frame.node` the node that Go would name in an error.
 *
 * A pipeline's value may come as null where Go has no value: whoever cares takes it through `unwrap`.
 */
export class PipelineCompiler {
  readonly #context: PipelineContext
  /** Above 0 inside arguments that may never be evaluated. */
  #conditional = 0

  constructor (context: PipelineContext) {
    this.#context = context
  }

  /** The pipeline, its variables stored. */
  pipeline (pipe: PipeNode): Evaluate {
    const value = this.commands(pipe)
    const stores = this.declare(pipe)
    if (stores.length === 0) return value
    return frame => {
      const stored = unwrap(value(frame))
      for (const store of stores) store(frame, stored)
      return stored
    }
  }

  /** The pipeline's value alone. */
  commands (pipe: PipeNode): Evaluate {
    const [first, ...others] = pipe.commands.map((command, i) => this.#command(command, { piped: i > 0, pipe }))
    if (first === undefined) return failAt(pipe, 'missing value')
    if (others.length === 0) return first
    return frame => {
      let value = first(frame)
      for (const command of others) value = command(frame, unwrap(value))
      return value
    }
  }

  /** Declares or finds the pipeline's variables: from here on they are visible. */
  declare (pipe: PipeNode): readonly Store[] {
    return this.variables(pipe).map(variables => storeInto(variables))
  }

  /** The variables that the pipeline gives a value, each with what it may mean. */
  variables (pipe: PipeNode): ReadonlyArray<DeclaredVariable> {
    const { variables, isAssign } = pipe.declarations
    return variables.map(({ name }) => ({
      name,
      candidates: isAssign ? this.#context.scope.find(name) : [this.#context.scope.declare(name, this.#conditional > 0)],
      isAssign
    }))
  }

  #command (command: CommandNode, { piped, pipe }: { piped: boolean, pipe: PipeNode }): Evaluate {
    const [word, ...rest] = command.args
    if (word === undefined) return failAt(command, 'empty command')
    const hasArgs = rest.length > 0 || piped
    switch (word.type) {
      case 'field': return this.#field(word, { args: this.#arguments(rest), piped })
      case 'chain': return this.#chain(word, { args: this.#arguments(rest), piped })
      case 'identifier': return this.#function(word, { node: command, args: rest, piped })
      case 'variable': return this.#variableCommand(word, { args: this.#arguments(rest), piped })
      // Go has moved on to the node only when it begins the first command.
      case 'pipe': return hasArgs ? failAt(piped ? undefined : pipe, cannotGive(word)) : this.pipeline(word)
      case 'nil': return failAt(word, hasArgs ? cannotGive(word) : 'nil is not a command')
      default: return hasArgs ? failAt(word, cannotGive(word)) : this.#constantOrDot(word)
    }
  }

  #constantOrDot (word: Operand): Evaluate {
    if (word.type === 'dot') {
      return frame => {
        frame.node = word
        return frame.dot
      }
    }
    const value = constantOf(word)
    if (value === undefined) return failAt(word, `${String(word)} overflows int`)
    return frame => {
      frame.node = word
      return value
    }
  }

  #field (node: FieldNode, call: { args: readonly Argument[], piped: boolean }): Evaluate {
    const { dotLoop } = this.#context
    const baseType = (frame: Frame, value: Value) =>
      dotLoop !== undefined && frame.loops[dotLoop]?.holdsInterfaces === true ? interfaceType : typeOf(value)
    const chain: FieldChain = { node, fields: node.fields, baseType, site: fieldCall(node, node.fields, call) }
    return (frame, final) => {
      frame.node = node
      return walkFields(frame, frame.dot, chain, final)
    }
  }

  #chain (node: ChainNode, call: { args: readonly Argument[], piped: boolean }): Evaluate {
    const base = this.#argument(node.base).evaluate
    if (base === undefined) return failAt(node, `indirection through explicit nil in ${String(node)}`)
    const chain: FieldChain = { node, fields: node.fields, baseType: (_frame, value) => typeOf(value), site: fieldCall(node, node.fields, call) }
    return (frame, final) => {
      frame.node = node
      return walkFields(frame, base(frame), chain, final)
    }
  }

  #variableCommand (node: VariableNode, call: { args: readonly Argument[], piped: boolean }): Evaluate {
    const candidates = this.#context.scope.find(node.name)
    const read = readFrom(node, candidates)
    if (node.fields.length > 0) return this.#variableFields(node, { read, candidates, site: fieldCall(node, node.fields, call) })
    if (call.args.length === 0 && !call.piped) return read
    return frame => {
      read(frame)
      return frame.fail(cannotGive(node))
    }
  }

  #variableFields (node: VariableNode, parts: { read: Evaluate, candidates: readonly Variable[], site: FieldChain['site'] }): Evaluate {
    const { read, candidates, site } = parts
    const slot = candidates[0]?.slot ?? 0
    const chain: FieldChain = { node, fields: node.fields, baseType: (frame, value) => frame.typeOfSlot(slot, value), site }
    return (frame, final) => walkFields(frame, read(frame), chain, final)
  }

  #function (node: IdentifierNode, command: { node: Operand | CommandNode, args: readonly Operand[], piped: boolean }): Evaluate {
    const { name } = node
    const fn = this.#context.functions.get(name)
    if (fn === undefined) return this.#builtin(node, command)
    const parts: CallParts = { name, node: command.node, args: this.#arguments(command.args), piped: command.piped }
    return typeof fn === 'function' ? compileBoundCall(parts, fn, node) : compileCall(parts, fn, node)
  }

  #builtin (node: IdentifierNode, command: { node: Operand | CommandNode, args: readonly Operand[], piped: boolean }): Evaluate {
    const { name } = node
    const fn = builtins.get(name)
    if (fn === undefined) return failAt(node, `"${name}" is not a defined function`)
    const isEmpty = command.args.length === 0 && !command.piped
    if ((name === 'and' || name === 'or') && !isEmpty) return this.#andOr(node, command)
    const parts: CallParts = { name, node: command.node, args: this.#arguments(command.args), piped: command.piped }
    if (name === 'call') return compileCall(parts, { ...fn, call: (callee = null) => notCallable(parts, callee) }, node)
    return name === 'len' && parts.args.length + (parts.piped ? 1 : 0) === 1 ? compileLength(parts, node) : compileCall(parts, fn, node)
  }

  /** `and` and `or` evaluate no more arguments than they need, so what the later ones declare may stay undeclared. */
  #andOr (node: IdentifierNode, command: { args: readonly Operand[], piped: boolean }): Evaluate {
    const decides = node.name === 'or'
    const { scope } = this.#context
    const mark = scope.mark()
    const args = command.args.map((arg, i) => this.#maybe(i > 0, () => valueOfArgument(this.#argument(arg))))
    const conditional = scope.since(mark).filter(variable => variable.isConditional)
    const { piped } = command
    return (frame, final) => {
      frame.node = node
      for (const { slot } of conditional) frame.vars[slot] = undeclared
      let value: Reflected
      for (const arg of args) {
        value = arg(frame)
        if (isTrue(value) === decides) return value
      }
      return piped ? final : value
    }
  }

  #maybe<T> (isConditional: boolean, compile: () => T): T {
    if (!isConditional) return compile()
    this.#conditional++
    const result = compile()
    this.#conditional--
    return result
  }

  #arguments (nodes: readonly Operand[]): readonly Argument[] {
    return nodes.map(node => this.#argument(node))
  }

  /** An argument: like a command of one word, but without a value piped in. */
  #argument (node: Operand): Argument {
    return { node, evaluate: this.#argumentValue(node) }
  }

  #argumentValue (node: Operand): Evaluate | undefined {
    const none = { args: [], piped: false }
    switch (node.type) {
      case 'dot': return this.#constantOrDot(node)
      case 'field': return this.#field(node, none)
      case 'chain': return this.#chain(node, none)
      case 'variable': return this.#variableCommand(node, none)
      case 'identifier': return this.#function(node, { node, ...none })
      case 'pipe': return this.#parenthesized(node)
      case 'bool': case 'nil': case 'number': case 'string': return undefined
    }
  }

  #parenthesized (pipe: PipeNode): Evaluate {
    const value = this.pipeline(pipe)
    return frame => unwrap(value(frame))
  }
}

/** A variable that a pipeline gives a value. */
export interface DeclaredVariable {
  readonly name: string
  /** What the name may mean, innermost first; none when it was assigned but never declared. */
  readonly candidates: readonly Variable[]
  readonly isAssign: boolean
}

/** An argument whose parameter takes anything, no value included. */
function valueOfArgument (argument: Argument): Evaluate {
  const { node, evaluate } = argument
  if (evaluate !== undefined) return evaluate
  const value = constantOf(node)
  if (value === undefined && node.type === 'number') return failAt(node, `${String(node)} overflows int`)
  return frame => {
    frame.node = node
    return value
  }
}

/** `call`: no value that a template can hold is a function. Go names the callee by its node, or by itself when it was piped. */
function notCallable (parts: CallParts, callee: Value): never {
  if (callee === null) throw new BuiltinError('nil', 'call of nil')
  const [first] = parts.args
  const piped = typeof callee === 'string' ? callee : `<${typeOf(callee)} Value>`
  throw new BuiltinError('type', `non-function ${first === undefined ? piped : String(first.node)} of type ${typeOf(callee)}`)
}

/** `len` is the one builtin that tells a nil from no value at all: Go's reflection panics at the latter. */
function compileLength (parts: CallParts, node: IdentifierNode): Evaluate {
  const [only] = parts.args
  const value = only === undefined ? undefined : valueOfArgument(only)
  return (frame, final) => {
    frame.node = node
    const item = value === undefined ? final : value(frame)
    try {
      if (item === undefined) throw new BuiltinError('nil', 'reflect: call of reflect.Value.Type on zero Value')
      return int(length(item))
    } catch (error) {
      throw callError(frame, parts, error)
    }
  }
}

function readFrom (node: VariableNode, candidates: readonly Variable[]): Evaluate {
  const [first] = candidates
  if (first === undefined) return failAt(node, `undefined variable: ${node.name}`)
  const { slot, isConditional } = first
  if (!isConditional) {
    return frame => {
      frame.node = node
      return frame.vars[slot]
    }
  }
  return frame => {
    frame.node = node
    return frame.vars[declaredSlot(frame, node.name, candidates)]
  }
}

/**
 * What puts a value into a variable.
 *
 * @param variable the variable
 * @returns the store; it fails when the variable was never declared
 */
export function storeInto ({ name, candidates, isAssign }: DeclaredVariable): Store {
  const [first] = candidates
  if (first === undefined) return frame => frame.fail(`undefined variable: ${name}`)
  if (isAssign && first.isConditional) {
    return (frame, value) => { frame.vars[declaredSlot(frame, name, candidates)] = value }
  }
  return (frame, value) => {
    frame.vars[first.slot] = value
    if (first.takesElements) frame.markInterface(first.slot, false)
  }
}

/** The slot of the innermost variable whose declaration was not passed over. */
function declaredSlot (frame: Frame, name: string, candidates: readonly Variable[]): number {
  for (const { slot, isConditional } of candidates) {
    if (!isConditional || frame.vars[slot] !== undeclared) return slot
  }
  return frame.fail(`undefined variable: ${name}`)
}

function cannotGive (node: Operand): string {
  return `can't give argument to non-function ${String(node)}`
}
