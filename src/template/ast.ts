import { quote } from '../go/strconv.js'
import type { NumberConstant } from './number.js'
import type { Source } from './source.js'

/**
 * The tree of a template: Go's text/template/parse nodes. It is immutable once parsed, and every node prints itself as Go prints it,
 * since errors quote nodes.
 */
export type Node = Statement | PipeNode | CommandNode | Operand | EndNode | ElseNode | ListNode

/** What stands in a list. */
export type Statement = TextNode | ActionNode | IfNode | RangeNode | WithNode | TemplateNode | BreakNode | ContinueNode

/** What stands in a command: its first word, or an argument. */
export type Operand =
  BoolNode | ChainNode | DotNode | FieldNode | IdentifierNode | NilNode | NumberNode | PipeNode | StringNode | VariableNode

/** One template: a whole text, or the body of a `define` or `block`. */
export interface Tree {
  readonly name: string
  readonly root: ListNode
}

/** What all nodes have. Fields are declared and not defined, since a text makes many nodes and a definition costs more than an assignment. */
abstract class BaseNode<T extends string> {
  declare readonly type: T
  /** Where Go says the node is: an index into the source. */
  declare readonly pos: number
  declare readonly source: Source

  constructor (type: T, pos: number, source: Source) {
    this.type = type
    this.pos = pos
    this.source = source
  }

  /** The node as Go prints it. */
  abstract toString (): string
}

/** Statements in the order in which they stand. */
export class ListNode extends BaseNode<'list'> {
  declare readonly nodes: readonly Statement[]

  constructor (pos: number, source: Source, nodes: readonly Statement[]) {
    super('list', pos, source)
    this.nodes = nodes
  }

  override toString (): string {
    return this.nodes.join('')
  }
}

/** Plain text. */
export class TextNode extends BaseNode<'text'> {
  declare readonly text: string

  constructor (pos: number, source: Source, text: string) {
    super('text', pos, source)
    this.text = text
  }

  override toString (): string {
    return this.text
  }
}

/** `{{pipeline}}`. */
export class ActionNode extends BaseNode<'action'> {
  declare readonly pipe: PipeNode

  constructor (pos: number, source: Source, pipe: PipeNode) {
    super('action', pos, source)
    this.pipe = pipe
  }

  override toString (): string {
    return `{{${String(this.pipe)}}}`
  }
}

/** What a pipeline does with its value besides giving it. */
export interface Declarations {
  readonly variables: readonly VariableNode[]
  /** Whether `=` stood there and not `:=`. */
  readonly isAssign: boolean
}

/** `$v := command | command`. */
export class PipeNode extends BaseNode<'pipe'> {
  declare readonly declarations: Declarations
  declare readonly commands: readonly CommandNode[]

  constructor (pos: number, source: Source, parts: { declarations: Declarations, commands: readonly CommandNode[] }) {
    super('pipe', pos, source)
    this.declarations = parts.declarations
    this.commands = parts.commands
  }

  override toString (): string {
    const { variables, isAssign } = this.declarations
    const head = variables.length === 0 ? '' : `${variables.join(', ')} ${isAssign ? '=' : ':='} `
    return head + this.commands.join(' | ')
  }
}

/** `function argument argument`, or a single value. */
export class CommandNode extends BaseNode<'command'> {
  /** At least one. */
  declare readonly args: readonly Operand[]

  constructor (pos: number, source: Source, args: readonly Operand[]) {
    super('command', pos, source)
    this.args = args
  }

  override toString (): string {
    return this.args.map(arg => arg.type === 'pipe' ? `(${String(arg)})` : String(arg)).join(' ')
  }
}

/** The name of a function. */
export class IdentifierNode extends BaseNode<'identifier'> {
  declare readonly name: string

  constructor (pos: number, source: Source, name: string) {
    super('identifier', pos, source)
    this.name = name
  }

  override toString (): string {
    return this.name
  }
}

const noFields: readonly string[] = []

/** `$x` or `$x.Field.Field`. */
export class VariableNode extends BaseNode<'variable'> {
  /** With its dollar sign. */
  declare readonly name: string
  declare readonly fields: readonly string[]

  /**
   * @param pos Go's position: of `$x.y`, that of `.y`
   * @param source the text
   * @param words the name, then the fields
   */
  constructor (pos: number, source: Source, words: readonly string[]) {
    super('variable', pos, source)
    this.name = words[0] ?? '$'
    this.fields = words.length > 1 ? words.slice(1) : noFields
  }

  override toString (): string {
    return [this.name, ...this.fields].join('.')
  }
}

/** `.`. */
export class DotNode extends BaseNode<'dot'> {
  constructor (pos: number, source: Source) {
    super('dot', pos, source)
  }

  override toString (): string {
    return '.'
  }
}

/** `nil`. */
export class NilNode extends BaseNode<'nil'> {
  constructor (pos: number, source: Source) {
    super('nil', pos, source)
  }

  override toString (): string {
    return 'nil'
  }
}

/** `.Field.Field`. */
export class FieldNode extends BaseNode<'field'> {
  /** At least one, without their points. */
  declare readonly fields: readonly string[]

  constructor (pos: number, source: Source, fields: readonly string[]) {
    super('field', pos, source)
    this.fields = fields
  }

  override toString (): string {
    return `.${this.fields.join('.')}`
  }
}

/** `(pipeline).Field` or `function.Field`. */
export class ChainNode extends BaseNode<'chain'> {
  declare readonly base: Operand
  /** At least one, without their points. */
  declare readonly fields: readonly string[]

  constructor (pos: number, source: Source, parts: { base: Operand, fields: readonly string[] }) {
    super('chain', pos, source)
    this.base = parts.base
    this.fields = parts.fields
  }

  override toString (): string {
    return `${this.base.type === 'pipe' ? `(${String(this.base)})` : String(this.base)}.${this.fields.join('.')}`
  }
}

/** `true` or `false`. */
export class BoolNode extends BaseNode<'bool'> {
  declare readonly value: boolean

  constructor (pos: number, source: Source, value: boolean) {
    super('bool', pos, source)
    this.value = value
  }

  override toString (): string {
    return String(this.value)
  }
}

/** A number, which is no type's yet. */
export class NumberNode extends BaseNode<'number'> {
  declare readonly value: NumberConstant

  constructor (pos: number, source: Source, value: NumberConstant) {
    super('number', pos, source)
    this.value = value
  }

  override toString (): string {
    return this.value.text
  }
}

/** A string, quoted or raw. */
export class StringNode extends BaseNode<'string'> {
  /** As it was written, with its quotes. */
  declare readonly quoted: string
  declare readonly value: string

  constructor (pos: number, source: Source, parts: { quoted: string, value: string }) {
    super('string', pos, source)
    this.quoted = parts.quoted
    this.value = parts.value
  }

  override toString (): string {
    return this.quoted
  }
}

/** `{{end}}`; it is in no tree. */
export class EndNode extends BaseNode<'end'> {
  constructor (pos: number, source: Source) {
    super('end', pos, source)
  }

  override toString (): string {
    return '{{end}}'
  }
}

/** `{{else}}`; it is in no tree. */
export class ElseNode extends BaseNode<'else'> {
  constructor (pos: number, source: Source) {
    super('else', pos, source)
  }

  override toString (): string {
    return '{{else}}'
  }
}

/** The parts of `if`, `with` and `range`. */
export interface Branch {
  readonly pipe: PipeNode
  readonly list: ListNode
  /** Undefined when there is no `else`; `else if` and `else with` are a list of that one statement. */
  readonly elseList: ListNode | undefined
}

abstract class BranchNode<T extends 'if' | 'range' | 'with'> extends BaseNode<T> implements Branch {
  declare readonly pipe: PipeNode
  declare readonly list: ListNode
  declare readonly elseList: ListNode | undefined

  constructor (type: T, pos: number, source: Source, parts: Branch) {
    super(type, pos, source)
    this.pipe = parts.pipe
    this.list = parts.list
    this.elseList = parts.elseList
  }

  override toString (): string {
    const elseText = this.elseList === undefined ? '' : `{{else}}${String(this.elseList)}`
    return `{{${this.type} ${String(this.pipe)}}}${String(this.list)}${elseText}{{end}}`
  }
}

/** `{{if pipeline}} … {{else}} … {{end}}`. */
export class IfNode extends BranchNode<'if'> {
  constructor (pos: number, source: Source, parts: Branch) {
    super('if', pos, source, parts)
  }
}

/** `{{range pipeline}} … {{else}} … {{end}}`. */
export class RangeNode extends BranchNode<'range'> {
  constructor (pos: number, source: Source, parts: Branch) {
    super('range', pos, source, parts)
  }
}

/** `{{with pipeline}} … {{else}} … {{end}}`. */
export class WithNode extends BranchNode<'with'> {
  constructor (pos: number, source: Source, parts: Branch) {
    super('with', pos, source, parts)
  }
}

/** `{{break}}`. */
export class BreakNode extends BaseNode<'break'> {
  constructor (pos: number, source: Source) {
    super('break', pos, source)
  }

  override toString (): string {
    return '{{break}}'
  }
}

/** `{{continue}}`. */
export class ContinueNode extends BaseNode<'continue'> {
  constructor (pos: number, source: Source) {
    super('continue', pos, source)
  }

  override toString (): string {
    return '{{continue}}'
  }
}

/** `{{template "name" pipeline}}`; a `block` leaves one too. */
export class TemplateNode extends BaseNode<'template'> {
  declare readonly name: string
  /** Undefined when the template is called with no data. */
  declare readonly pipe: PipeNode | undefined

  constructor (pos: number, source: Source, parts: { name: string, pipe: PipeNode | undefined }) {
    super('template', pos, source)
    this.name = parts.name
    this.pipe = parts.pipe
  }

  override toString (): string {
    return `{{template ${quote(this.name)}${this.pipe === undefined ? '' : ` ${String(this.pipe)}`}}}`
  }
}

/** What Go's strings.TrimSpace takes away. */
const blank = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/

/**
 * Whether a template's body is nothing but white space and comments, so that it replaces no other of its name (Go's IsEmptyTree).
 *
 * @param root the body
 * @returns true when it holds nothing but blank text
 */
export function isEmptyTree (root: ListNode): boolean {
  return root.nodes.every(node => node.type === 'text' && blank.test(node.text))
}
