import type { CommandNode, ListNode, Operand, PipeNode, Statement, Tree } from '../../../template/ast.js'
import { anyKey, type Place, type Reads } from './value-places.js'

/** A value that a template prints as it is. */
export interface PrintedValue {
  readonly place: Place
  /** The expression that prints it. */
  readonly pipe: PipeNode
}

/** What names mean at a place in a template: values, or something else. */
interface Scope {
  readonly dot: Place | undefined
  readonly variables: ReadonlyMap<string, Place | undefined>
}

/** Functions that only ask whether or how values differ. */
const questions = new Set(['and', 'or', 'not', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'empty', 'kindIs', 'typeIs'])

/** Functions that print a number as `%v` does, or hand it on as it is. */
const faithful = new Set([
  'quote', 'squote', 'toString', 'print', 'println', 'default', 'coalesce', 'required', 'ternary', 'cat', 'trim', 'upper', 'lower', 'indent', 'nindent',
  'b64enc', 'float64', 'floor', 'ceil', 'join'
])

/**
 * Finds out what a template reads of the values and what it prints of them. Wherever that cannot be seen, it counts as read, and not as printed.
 *
 * @param tree a template or a define
 * @param reads gets what is read
 * @param printed gets what is printed
 */
export function collectReads (tree: Tree, reads: Reads, printed: PrintedValue[]): void {
  new Walker(reads, printed).list(tree.root, { dot: undefined, variables: new Map() })
}

class Walker {
  readonly #reads: Reads
  readonly #printed: PrintedValue[]

  constructor (reads: Reads, printed: PrintedValue[]) {
    this.#reads = reads
    this.#printed = printed
  }

  list (list: ListNode, outer: Scope): void {
    let scope = outer
    for (const node of list.nodes) scope = this.#statement(node, scope)
  }

  /** @returns what names mean behind the statement */
  #statement (node: Statement, scope: Scope): Scope {
    switch (node.type) {
      case 'action':
        if (node.pipe.declarations.variables.length > 0) return this.#bind(node.pipe, scope)
        this.#print(node.pipe, scope)
        this.#read(node.pipe, scope)
        return scope
      case 'if': case 'with': case 'range':
        this.#branch(node, scope)
        return scope
      case 'template':
        if (node.pipe !== undefined) this.#read(node.pipe, scope)
        return scope
      default:
        return scope
    }
  }

  /** A variable that stands for a value is not yet a use of it; one that is set again stands for nothing that can be seen. */
  #bind (pipe: PipeNode, scope: Scope): Scope {
    const place = pipe.declarations.isAssign ? undefined : this.#placeOf(pipe, scope)
    if (place === undefined) this.#read(pipe, scope)
    const variables = new Map(scope.variables)
    for (const { name } of pipe.declarations.variables) {
      const before = pipe.declarations.isAssign ? variables.get(name) : undefined
      if (before !== undefined) this.#reads.whole(before)
      variables.set(name, place)
    }
    return { ...scope, variables }
  }

  #branch (node: Statement & { readonly type: 'if' | 'with' | 'range' }, scope: Scope): void {
    const place = this.#placeOf(node.pipe, scope)
    if (place !== undefined) this.#reads.touch(place)
    else if (node.type === 'if') this.#ask(node.pipe, scope)
    else this.#read(node.pipe, scope)
    const element = place !== undefined && node.type === 'range' ? [...place, anyKey] : place
    if (element !== undefined) this.#reads.touch(element)
    const names = node.pipe.declarations.variables.map(({ name }) => name)
    const variables = new Map(scope.variables)
    for (const [index, name] of names.entries()) variables.set(name, index === names.length - 1 ? element : undefined)
    this.list(node.list, { dot: node.type === 'if' ? scope.dot : element, variables })
    if (node.elseList !== undefined) this.list(node.elseList, { dot: scope.dot, variables })
  }

  /** A condition looks at values, and not at what is in them, as far as functions do that only compare. */
  #ask (pipe: PipeNode, scope: Scope): void {
    for (const { args } of pipe.commands) {
      const [first, ...rest] = args
      const asks = first?.type === 'identifier' && questions.has(first.name)
      if (!asks) {
        this.#readCommand(args, scope)
        continue
      }
      for (const arg of rest) this.#askOperand(arg, scope)
    }
  }

  #askOperand (operand: Operand, scope: Scope): void {
    const place = this.#placeOf(operand, scope)
    if (place !== undefined) this.#reads.touch(place)
    else if (operand.type === 'pipe') this.#ask(operand, scope)
    else this.#readOperand(operand, scope)
  }

  #read (pipe: PipeNode, scope: Scope): void {
    const place = this.#placeOf(pipe, scope)
    if (place !== undefined) this.#reads.whole(place)
    else for (const { args } of pipe.commands) this.#readCommand(args, scope)
  }

  #readCommand (args: readonly Operand[], scope: Scope): void {
    const place = this.#placeOfCommand(args, scope)
    if (place !== undefined) this.#reads.whole(place)
    else if (isHasKey(args)) this.#readHasKey(args, scope)
    else for (const arg of args) this.#readOperand(arg, scope)
  }

  /** `hasKey .Values "a"` looks at one key. */
  #readHasKey (args: readonly Operand[], scope: Scope): void {
    const [, map, key] = args
    const place = map === undefined ? undefined : this.#placeOf(map, scope)
    if (place !== undefined && key?.type === 'string') this.#reads.touch([...place, key.value])
    else for (const arg of args) this.#readOperand(arg, scope)
  }

  #readOperand (operand: Operand, scope: Scope): void {
    const place = this.#placeOf(operand, scope)
    if (place !== undefined) this.#reads.whole(place)
    else if (operand.type === 'pipe') this.#read(operand, scope)
    else if (operand.type === 'chain') this.#readOperand(operand.base, scope)
    else if (operand.type === 'string') this.#readText(operand.value)
  }

  /** Texts may be templates, and names may be looked up by them. */
  #readText (text: string): void {
    if (text === 'Values') this.#reads.whole([])
    for (const place of placesInText(text)) this.#reads.whole(place)
  }

  /** The values that an expression prints as they are: through functions that print a number as `%v` does, and no others. */
  #print (pipe: PipeNode, scope: Scope): void {
    for (const place of this.#printedBy(pipe, scope)) this.#printed.push({ place, pipe })
  }

  #printedBy (pipe: PipeNode, scope: Scope): Place[] {
    const [first, ...rest] = pipe.commands
    if (first === undefined || !rest.every(command => isFaithful(command))) return []
    const alone = this.#placeOfCommand(first.args, scope)
    if (alone !== undefined) return [alone]
    const args = isFaithful(first) ? first.args.slice(1) : first.args
    if (!isFaithful(first) && (args.length !== 1 || args[0]?.type !== 'pipe')) return []
    return args.flatMap(arg => {
      const place = this.#placeOf(arg, scope)
      if (place !== undefined) return [place]
      return arg.type === 'pipe' ? this.#printedBy(arg, scope) : []
    })
  }

  #placeOf (node: Operand, { dot, variables }: Scope): Place | undefined {
    switch (node.type) {
      case 'dot': return dot
      case 'field': return dot === undefined ? belowValues(node.fields) : [...dot, ...node.fields]
      case 'variable': {
        const place = variables.get(node.name)
        return place === undefined ? belowValues(node.fields) : [...place, ...node.fields]
      }
      case 'chain': {
        const place = this.#placeOf(node.base, { dot, variables })
        return place === undefined ? belowValues(node.fields) : [...place, ...node.fields]
      }
      case 'pipe': {
        const [command, ...more] = node.commands
        return command === undefined || more.length > 0 ? undefined : this.#placeOfCommand(command.args, { dot, variables })
      }
      default: return undefined
    }
  }

  /** A value by itself, or what `index` and `get` find by keys that are written there. */
  #placeOfCommand (args: readonly Operand[], scope: Scope): Place | undefined {
    const [first, base, ...keys] = args
    if (first === undefined) return undefined
    if (base === undefined) return this.#placeOf(first, scope)
    if (first.type !== 'identifier' || (first.name !== 'index' && first.name !== 'get')) return undefined
    const place = this.#placeOf(base, scope)
    const names = keys.map(key => key.type === 'string' ? key.value : key.type === 'number' ? anyKey : undefined)
    return place === undefined || !names.every(name => name !== undefined) ? undefined : [...place, ...names]
  }
}

/** Whatever has a field `Values` is taken for the top of a chart: `.`, `$`, `.context` and the like. */
function belowValues (fields: readonly string[]): Place | undefined {
  const at = fields.indexOf('Values')
  return at === -1 ? undefined : fields.slice(at + 1)
}

function isHasKey ([first]: readonly Operand[]): boolean {
  return first?.type === 'identifier' && first.name === 'hasKey'
}

function isFaithful ({ args: [first] }: CommandNode): boolean {
  return first?.type === 'identifier' && faithful.has(first.name)
}

/** What a text reads if it is a template, too: values that are templates, and files that `tpl` gets. */
export function placesInText (text: string): Place[] {
  if (!text.includes('.Values')) return []
  return [...text.matchAll(/\.Values((?:\.[A-Za-z_]\w*)*)/g)].map(([, path = '']) => path.split('.').slice(1))
}
