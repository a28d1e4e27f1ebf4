import { basicValue } from '../go/basic-value.js'
import { quote } from '../go/strconv.js'
import { Int } from '../go/value.js'
import type { Evaluate } from './argument.js'
import type { IfNode, ListNode, PipeNode, RangeNode, Statement, TemplateNode, WithNode } from './ast.js'
import { PipelineCompiler, type PipelineContext } from './compile-pipeline.js'
import { call, enter, type Frame, type Operation, type Program } from './execution.js'
import { loopOver, type Loop } from './loop.js'
import { isTrue, named, unwrap, type Reflected } from './reflect.js'
import type { TemplateFunction } from './runtime.js'
import { storeInto, type DeclaredVariable, type Store } from './variable-access.js'
import { VariableScope, type Variable } from './variables.js'

/**
 * Compiles a template's body to operations in a row: Go's walk functions. Blocks become jumps.
 *
 * @param root the body
 * @param functions what it may call besides the builtin functions
 * @returns the program
 */
export function compile (root: ListNode, functions: ReadonlyMap<string, TemplateFunction>): Program {
  return new Compiler(functions).compile(root)
}

/** A place to jump to, which is known once the code before it is there. */
interface Label {
  pc: number
}

/** Past every operation there is: where a template ends. */
const end = 0x3fffffff

/** The range around a statement. */
interface LoopContext {
  /** How many ranges are around it. */
  readonly depth: number
  readonly next: Label
  readonly done: Label
}

/** What stands around a block, for when it is compiled. */
interface BlockSurroundings {
  readonly variables: readonly Variable[]
  readonly loop: LoopContext | undefined
  readonly withDepth: number
  readonly dotLoop: number | undefined
}

class Compiler {
  readonly #code: Operation[] = []
  readonly #context: PipelineContext
  readonly #pipelines: PipelineCompiler
  #loop: LoopContext | undefined
  #withDepth = 0
  #hasBlocks = false

  constructor (functions: ReadonlyMap<string, TemplateFunction>) {
    this.#context = {
      functions,
      scope: new VariableScope(),
      dotLoop: undefined,
      emit: make => this.#emit(make),
      here: () => this.#code.length
    }
    this.#pipelines = new PipelineCompiler(this.#context)
  }

  compile (root: ListNode): Program {
    const { scope } = this.#context
    this.#list(root)
    // What blocks compile to later stands behind.
    if (this.#hasBlocks) this.#emit(() => () => end)
    return { code: this.#code, get slots () { return scope.slots } }
  }

  #list (list: ListNode): void {
    const { nodes } = list
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]
      if (node !== undefined) this.#statement(node)
    }
  }

  #statement (node: Statement): void {
    switch (node.type) {
      case 'text': this.#text(node.text); break
      case 'action': this.#action(node.pipe); break
      case 'if': this.#if(node); break
      case 'with': this.#with(node); break
      case 'range': this.#range(node); break
      case 'template': this.#template(node); break
      case 'break': this.#leaveIteration('done'); break
      case 'continue': this.#leaveIteration('next')
    }
  }

  /** Adds an operation; it is told the index of the one after it. */
  #emit (make: (next: number) => Operation): void {
    this.#code.push(make(this.#code.length + 1))
  }

  #text (text: string): void {
    this.#emit(next => frame => {
      frame.execution.write(frame, text)
      return next
    })
  }

  #action (pipe: PipeNode): void {
    const value = this.#pipelines.pipeline(pipe)
    if (pipe.declarations.variables.length > 0) {
      this.#emit(next => frame => {
        value(frame)
        return next
      })
      return
    }
    this.#emit(next => frame => {
      frame.print(value(frame))
      return next
    })
  }

  #jump (label: Label): void {
    this.#emit(() => () => label.pc)
  }

  #place (label: Label): void {
    label.pc = this.#code.length
  }

  /** Runs a block whose variables end with it. */
  #scoped (compile: () => void): void {
    const mark = this.#context.scope.mark()
    compile()
    this.#context.scope.reset(mark)
  }

  /**
   * Statements whose variables end with them. They are compiled when they are first reached, behind all that is there by then: of what charts hold,
   * half is never reached with the values it comes with.
   */
  #block (list: ListNode): void {
    if (list.nodes.every(node => node.type === 'text')) {
      this.#list(list)
      return
    }
    this.#hasBlocks = true
    const surroundings = this.#surroundings()
    let start: number | undefined
    this.#emit(next => () => {
      start ??= this.#later(list, surroundings, next)
      return start
    })
  }

  /** Compiles a block at its place in the template; gives where its operations begin. */
  #later (list: ListNode, { variables, loop, withDepth, dotLoop }: BlockSurroundings, next: number): number {
    const start = this.#code.length
    this.#context.scope.restore(variables)
    this.#context.dotLoop = dotLoop
    this.#loop = loop
    this.#withDepth = withDepth
    this.#list(list)
    this.#jump({ pc: next })
    return start
  }

  #surroundings (): BlockSurroundings {
    return { variables: this.#context.scope.snapshot(), loop: this.#loop, withDepth: this.#withDepth, dotLoop: this.#context.dotLoop }
  }

  /** An if; a chain of `else if`s in a loop, however long. */
  #if (node: IfNode): void {
    const done: Label = { pc: 0 }
    this.#scoped(() => {
      let branch: IfNode | undefined = node
      while (branch !== undefined) {
        const { pipe, list, elseList }: IfNode = branch
        const otherwise: Label = { pc: 0 }
        this.#test(this.#pipelines.pipeline(pipe), otherwise)
        this.#block(list)
        branch = onlyIf(elseList)
        if (elseList !== undefined) this.#jump(done)
        this.#place(otherwise)
        if (branch === undefined && elseList !== undefined) this.#block(elseList)
      }
    })
    this.#place(done)
  }

  #test (value: Evaluate, otherwise: Label): void {
    this.#emit(next => frame => isTrue(value(frame)) ? next : otherwise.pc)
  }

  /** A with; a chain of `else with`s in a loop, however long. */
  #with (node: WithNode): void {
    const done: Label = { pc: 0 }
    this.#scoped(() => {
      let branch: WithNode | undefined = node
      while (branch !== undefined) {
        const { pipe, list, elseList }: WithNode = branch
        const otherwise: Label = { pc: 0 }
        this.#withBody(this.#pipelines.pipeline(pipe), { list, otherwise, done })
        branch = onlyWith(elseList)
        this.#place(otherwise)
        if (branch === undefined && elseList !== undefined) this.#block(elseList)
      }
    })
    this.#place(done)
  }

  #withBody (value: Evaluate, { list, otherwise, done }: { list: ListNode, otherwise: Label, done: Label }): void {
    const depth = this.#withDepth++
    const { dotLoop } = this.#context
    this.#emit(next => frame => {
      const dot = unwrap(value(frame))
      if (!isTrue(dot)) return otherwise.pc
      frame.dots[depth] = frame.dot
      frame.dot = dot
      return next
    })
    this.#context.dotLoop = undefined
    this.#block(list)
    this.#context.dotLoop = dotLoop
    this.#withDepth--
    this.#emit(() => frame => {
      frame.dot = frame.dots[depth]
      return done.pc
    })
  }

  #range (node: RangeNode): void {
    const { pipe, list, elseList } = node
    const loop: LoopContext = { depth: this.#loop === undefined ? 0 : this.#loop.depth + 1, next: { pc: 0 }, done: { pc: 0 } }
    const otherwise: Label = { pc: 0 }
    this.#scoped(() => {
      const value = this.#pipelines.commands(pipe)
      const variables = this.#pipelines.variables(pipe)
      const stores = variables.map(storeInto)
      this.#begin(beginRange(value, { stores, depth: loop.depth }), otherwise)
      this.#place(loop.next)
      this.#iterate(loop, elementStores(variables))
      this.#body(loop, list)
      this.#jump(loop.next)
      this.#place(otherwise)
      if (elseList !== undefined) this.#block(elseList)
    })
    this.#place(loop.done)
  }

  #begin (begin: (frame: Frame) => boolean, otherwise: Label): void {
    this.#emit(next => frame => begin(frame) ? next : otherwise.pc)
  }

  /** Goes on to the next element, or past the loop. */
  #iterate ({ depth, done }: LoopContext, storeElement: (frame: Frame, loop: Loop) => void): void {
    this.#emit(next => frame => {
      const loop = frame.loops[depth]
      if (loop === undefined) return done.pc
      if (++loop.index >= loop.length) {
        frame.dot = loop.dot
        return done.pc
      }
      storeElement(frame, loop)
      return next
    })
  }

  #body (loop: LoopContext, list: ListNode): void {
    const outer = this.#loop
    const { dotLoop } = this.#context
    this.#loop = loop
    this.#context.dotLoop = loop.depth
    this.#block(list)
    this.#loop = outer
    this.#context.dotLoop = dotLoop
  }

  /** A break or continue: what a with inside the loop did to the dot is undone by the loop itself. */
  #leaveIteration (to: 'next' | 'done'): void {
    const loop = this.#loop
    if (loop === undefined) return
    const { depth } = loop
    const label = loop[to]
    this.#emit(() => frame => {
      frame.dot = frame.loops[depth]?.dot
      return label.pc
    })
  }

  #template (node: TemplateNode): void {
    const { name, pipe } = node
    const data = pipe === undefined ? undefined : this.#pipelines.pipeline(pipe)
    this.#emit(next => frame => {
      frame.node = node
      const { execution } = frame
      const template = execution.surroundings.lookup(name)
      if (template === undefined) return frame.fail(`template ${quote(name)} not defined`)
      const { depth } = execution.scope.limits
      if (frame.depth === depth) frame.fail(`exceeded maximum template depth (${depth})`, { code: 'too-deep' })
      const dot = data === undefined ? undefined : unwrap(data(frame))
      enter(frame, template, { dot, next })
      return call
    })
  }
}

/** The `if` of an `else if`. */
function onlyIf (list: ListNode | undefined): IfNode | undefined {
  const first = list?.nodes.length === 1 ? list.nodes[0] : undefined
  return first?.type === 'if' ? first : undefined
}

/** The `with` of an `else with`. */
function onlyWith (list: ListNode | undefined): WithNode | undefined {
  const first = list?.nodes.length === 1 ? list.nodes[0] : undefined
  return first?.type === 'with' ? first : undefined
}

/** Evaluates what a range goes over; gives whether there is anything in it. */
function beginRange (value: Evaluate, { stores, depth }: { stores: readonly Store[], depth: number }): (frame: Frame) => boolean {
  return frame => {
    const over = unwrap(value(frame))
    for (const store of stores) store(frame, over)
    if (stores.length > 1 && over !== undefined && basicValue(over) instanceof Int) {
      frame.fail(`can't use ${named(over)} to iterate over more than one variable`)
    }
    const loop = loopOver(over, frame.dot)
    if (loop === undefined) return frame.fail(`range can't iterate over ${named(over)}`)
    if (loop === 'none') return false
    frame.loops[depth] = loop
    return true
  }
}

/** Gives the variables of a range their values for one element: the last one the element, the one before it the index or key. */
function elementStores (variables: readonly DeclaredVariable[]): (frame: Frame, loop: Loop) => void {
  const [first, second] = variables
  if (first === undefined) {
    return (frame, loop) => { frame.dot = loop.element() }
  }
  const storeElement = elementStore(second ?? first)
  const storeKey = second === undefined ? undefined : storeInto(first)
  return (frame, loop) => {
    const element = loop.element()
    if (storeKey !== undefined) storeKey(frame, loop.key())
    storeElement(frame, element, loop)
    frame.dot = element
  }
}

function elementStore (variable: DeclaredVariable): (frame: Frame, element: Reflected, loop: Loop) => void {
  const store = storeInto(variable)
  for (const candidate of variable.candidates) candidate.takesElements = true
  const [{ slot } = { slot: 0 }] = variable.candidates
  if (!variable.isAssign) {
    return (frame, element, loop) => {
      frame.vars[slot] = element
      frame.markInterface(slot, loop.holdsInterfaces)
    }
  }
  return (frame, element, loop) => {
    store(frame, element)
    for (const { slot } of variable.candidates) frame.markInterface(slot, loop.holdsInterfaces)
  }
}
