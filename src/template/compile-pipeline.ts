import { typeOf } from '../go/type-name.js'
import type { GoFunc, Value } from '../go/value.js'
import { failAt, type Argument, type Evaluate } from './argument.js'
import type { ChainNode, CommandNode, FieldNode, IdentifierNode, Operand, PipeNode, VariableNode } from './ast.js'
import { builtins } from './builtins.js'
import { boundOperation, compileBoundCall, compileCall, type CallParts } from './call.js'
import { constantOf } from './constant.js'
import type { Frame, Operation } from './execution.js'
import { fieldCall, walkFields, type FieldChain } from './field.js'
import { interfaceType, isTrue, unwrap, type Reflected } from './reflect.js'
import type { Runtime, TemplateFunction } from './runtime.js'
import { beginAndOr, cannotGive, compileLength, fitted, inTurn, notCallable, valueOfArgument, wrongCount } from './stages.js'
import { readFrom, storeInto, type DeclaredVariable, type Store } from './variable-access.js'
import type { Variable, VariableScope } from './variables.js'

/** What pipelines are compiled with. */
export interface PipelineContext {
  readonly functions: ReadonlyMap<string, TemplateFunction>
  readonly scope: VariableScope
  /** Which range the dot is an element of, by its depth; undefined when it is none's. */
  dotLoop: number | undefined
  /** Adds an operation before the one that the pipeline will be part of; it is told the index of the one after it. */
  readonly emit: (make: (next: number) => Operation) => void
  /** Where the next operation will be. */
  readonly here: () => number
}

const noOperands: readonly Operand[] = []
const noVariables: readonly DeclaredVariable[] = []

/** A function's name, and what it is called with. */
interface FunctionCommand {
  /** What an error of the function is reported at. */
  readonly node: Operand | CommandNode
  readonly args: readonly Operand[]
  readonly piped: boolean
  /** What is piped in. */
  readonly final: Evaluate | undefined
}

/**
 * Compiles pipelines: Go's eval functions. What evaluates them leaves in `frame.node` the node that Go would name in an error.
 *
 * A pipeline's value may come as null where Go has no value: whoever cares takes it through `unwrap`.
 *
 * Functions that are made for the running set (`include`, `tpl`) execute templates in turn, so what is on the JavaScript stack when they are
 * called bounds how deep they can nest. What stands around such a call is therefore not evaluated around it: its value is made by an operation of
 * its own, and kept for the operation that wants it.
 */
export class PipelineCompiler {
  readonly #context: PipelineContext
  /** Above 0 inside arguments that may never be evaluated. */
  #conditional = 0
  /** Above 0 where values must be made on the spot: inside arguments that only methods take. */
  #onTheSpot = 0
  #temps = 0
  /** What only reads a value made early. */
  readonly #kept = new Set<Evaluate>()

  constructor (context: PipelineContext) {
    this.#context = context
  }

  /** The pipeline, its variables stored. */
  pipeline (pipe: PipeNode): Evaluate {
    const value = this.commands(pipe)
    if (pipe.declarations.variables.length === 0) return value
    const stores = this.declare(pipe)
    return frame => {
      const stored = unwrap(value(frame))
      for (const store of stores) store(frame, stored)
      return stored
    }
  }

  /** The pipeline's value alone. */
  commands (pipe: PipeNode): Evaluate {
    const only = pipe.commands.length === 1 ? pipe.commands[0] : undefined
    if (only !== undefined) return this.#command(only, { piped: false, pipe, final: undefined })
    const nests = pipe.commands.length > 1 && this.#nests(pipe)
    let stages: Evaluate[] = []
    pipe.commands.forEach((command, i) => {
      const final = nests && stages.length > 0 ? this.#early(inTurn(stages)) : undefined
      const stage = this.#command(command, { piped: i > 0, pipe, final })
      // What only reads a value has taken the one before it already.
      if (this.#kept.has(stage)) stages = []
      else if (final !== undefined) stages = [final]
      stages.push(stage)
    })
    return stages.length === 0 ? failAt(pipe, 'missing value') : inTurn(stages)
  }

  /** Whether a function that executes templates is called in it. */
  #nests (node: Operand | CommandNode): boolean {
    if (this.#onTheSpot > 0) return false
    switch (node.type) {
      case 'identifier': return typeof this.#context.functions.get(node.name) === 'function'
      case 'pipe': return node.commands.some(command => this.#nests(command))
      case 'command': return node.args.some(arg => this.#nests(arg))
      case 'chain': return this.#nests(node.base)
      default: return false
    }
  }

  /** Evaluates in an operation of its own, before the one that wants the value. */
  #early (evaluate: Evaluate): Evaluate {
    if (this.#kept.has(evaluate)) return evaluate
    const temp = this.#temps++
    this.#context.emit(next => frame => {
      frame.keep(temp, evaluate(frame))
      return next
    })
    return this.#read(temp)
  }

  /** Reads a value that an operation before has kept. */
  #read (temp: number): Evaluate {
    const read: Evaluate = frame => frame.kept(temp)
    this.#kept.add(read)
    return read
  }

  /** Declares or finds the pipeline's variables: from here on they are visible. */
  declare (pipe: PipeNode): readonly Store[] {
    return this.variables(pipe).map(variables => storeInto(variables))
  }

  /** The variables that the pipeline gives a value, each with what it may mean. */
  variables (pipe: PipeNode): ReadonlyArray<DeclaredVariable> {
    const { variables, isAssign } = pipe.declarations
    if (variables.length === 0) return noVariables
    return variables.map(({ name }) => ({
      name,
      candidates: isAssign ? this.#context.scope.find(name) : [this.#context.scope.declare(name, this.#conditional > 0)],
      isAssign
    }))
  }

  #command (command: CommandNode, { piped, pipe, final }: { piped: boolean, pipe: PipeNode, final: Evaluate | undefined }): Evaluate {
    const word = command.args[0]
    if (word === undefined) return failAt(command, 'empty command')
    const rest = command.args.length === 1 ? noOperands : command.args.slice(1)
    const hasArgs = rest.length > 0 || piped
    switch (word.type) {
      case 'field': return this.#field(word, { args: this.#methodArguments(rest), piped })
      case 'chain': return this.#chain(word, { args: this.#methodArguments(rest), piped })
      case 'identifier': return this.#function(word, { node: command, args: rest, piped, final })
      case 'variable': return this.#variableCommand(word, { args: this.#methodArguments(rest), piped })
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
    const base = this.#rawArgument(node.base).evaluate
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

  #function (node: IdentifierNode, command: FunctionCommand): Evaluate {
    const { name } = node
    const fn = this.#context.functions.get(name)
    if (fn === undefined) return this.#builtin(node, command)
    if (typeof fn === 'function') return this.#bound(node, command, fn)
    const complaint = wrongCount(fn, { name, ...command })
    if (complaint !== undefined) return failAt(node, complaint)
    return compileCall({ name, node: command.node, args: this.#arguments(command.args, () => fn), piped: command.piped }, fn, node)
  }

  #bound (identifier: IdentifierNode, command: FunctionCommand, make: (runtime: Runtime) => GoFunc): Evaluate {
    const { name } = identifier
    const functionIn = (frame: Frame) => frame.execution.surroundings.bound(name, make)
    if (command.args.some(arg => this.#nests(arg))) this.#checkCount(identifier, { ...command, name }, functionIn)
    const parts: CallParts = { name, node: command.node, args: this.#arguments(command.args, functionIn), piped: command.piped }
    if (this.#onTheSpot > 0) return compileBoundCall({ parts, make, identifier })
    const temp = this.#temps++
    this.#context.emit(next => boundOperation({ parts, make, identifier }, command.final, { temp, next }))
    return this.#read(temp)
  }

  /** Counts the arguments before any of them is evaluated early. */
  #checkCount (identifier: IdentifierNode, command: FunctionCommand & { name: string }, functionIn: (frame: Frame) => GoFunc): void {
    this.#context.emit(next => frame => {
      frame.node = identifier
      const complaint = wrongCount(functionIn(frame), command)
      return complaint === undefined ? next : frame.fail(complaint)
    })
  }

  #builtin (node: IdentifierNode, command: FunctionCommand): Evaluate {
    const { name } = node
    const fn = builtins.get(name)
    if (fn === undefined) return failAt(node, `"${name}" is not a defined function`)
    const complaint = wrongCount(fn, { name, ...command })
    if (complaint !== undefined) return failAt(node, complaint)
    if (name === 'and' || name === 'or') return this.#andOr(node, command)
    const args = name === 'len' ? command.args.map(arg => this.#rawArgument(arg)) : this.#arguments(command.args, () => fn)
    const parts: CallParts = { name, node: command.node, args, piped: command.piped }
    if (name === 'call') return compileCall(parts, { ...fn, call: (callee = null) => notCallable(parts, callee) }, node)
    return name === 'len' ? compileLength(parts, node) : compileCall(parts, fn, node)
  }

  /** `and` and `or` evaluate no more arguments than they need, so what the later ones declare may stay undeclared. */
  #andOr (node: IdentifierNode, command: { args: readonly Operand[], piped: boolean }): Evaluate {
    if (command.args.some(arg => this.#nests(arg))) return this.#earlyAndOr(node, command)
    const { scope } = this.#context
    const mark = scope.mark()
    const args = command.args.map((arg, i) => this.#maybe(i > 0, () => valueOfArgument(this.#argument(arg))))
    const begin = beginAndOr(node, scope.since(mark))
    const decides = node.name === 'or'
    const { piped } = command
    return (frame, final) => {
      begin(frame)
      let value: Reflected
      for (const arg of args) {
        value = arg(frame)
        if (isTrue(value) === decides) return value
      }
      return piped ? final : value
    }
  }

  /** The same in operations of their own, one for each argument. */
  #earlyAndOr (node: IdentifierNode, command: { args: readonly Operand[], piped: boolean }): Evaluate {
    const { emit, here, scope } = this.#context
    const mark = scope.mark()
    const decides = node.name === 'or'
    const temp = this.#temps++
    const end = { pc: 0 }
    emit(next => {
      // What the arguments declare is known once they are compiled.
      let begin: ((frame: Frame) => void) | undefined
      return frame => {
        begin ??= beginAndOr(node, declared)
        begin(frame)
        return next
      }
    })
    command.args.forEach((arg, i) => {
      const evaluate = this.#maybe(i > 0, () => valueOfArgument(this.#argument(arg)))
      emit(next => frame => {
        const value = evaluate(frame)
        frame.keep(temp, value)
        return isTrue(value) === decides ? end.pc : next
      })
    })
    const declared = scope.since(mark)
    end.pc = here()
    const { piped } = command
    return (frame, final) => {
      const value = frame.kept(temp)
      return piped && isTrue(value) !== decides ? final : value
    }
  }

  #maybe<T> (isConditional: boolean, compile: () => T): T {
    if (!isConditional) return compile()
    this.#conditional++
    const result = compile()
    this.#conditional--
    return result
  }

  /** Arguments in their order: up to the last one that executes templates, each is evaluated, and fitted to its parameter, early. */
  #arguments (nodes: readonly Operand[], functionIn: (frame: Frame) => GoFunc): readonly Argument[] {
    const last = nodes.findLastIndex(node => this.#nests(node))
    return nodes.map((node, i) => {
      const argument = this.#argument(node)
      return i > last ? argument : { node, evaluate: this.#early(fitted(argument, i, functionIn)), fits: true }
    })
  }

  /** An argument that is not fitted to a parameter. */
  #rawArgument (node: Operand): Argument {
    const { evaluate } = this.#argument(node)
    return { node, evaluate: evaluate !== undefined && this.#nests(node) ? this.#early(evaluate) : evaluate }
  }

  /** Arguments that are evaluated only if the field turns out to be a method. */
  #methodArguments (nodes: readonly Operand[]): readonly Argument[] {
    this.#onTheSpot++
    const args = nodes.map(node => this.#argument(node))
    this.#onTheSpot--
    return args
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
      case 'identifier': return this.#function(node, { node, ...none, final: undefined })
      case 'pipe': return this.#parenthesized(node)
      case 'bool': case 'nil': case 'number': case 'string': return undefined
    }
  }

  #parenthesized (pipe: PipeNode): Evaluate {
    const value = this.pipeline(pipe)
    return frame => unwrap(value(frame))
  }
}
