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

/** Where a node stands. */
abstract class Positioned {
  /** Where Go says the node is: an index into the source. */
  readonly pos: number
  readonly source: Source

  constructor (pos: number, source: Source) {
    this.pos = pos
    this.source = source
  }

  /** The node as Go prints it. */
  abstract toString (): string
}

/** Statements in the order in which they stand. */
export class ListNode extends Positioned {
  readonly type = 'list'
  readonly nodes: readonly Statement[]

  constructor (pos: number, source: Source, nodes: readonly Statement[]) {
    super(pos, source)
    this.nodes = nodes
  }

  override toString (): string {
    return this.nodes.join('')
  }
}

/** Plain text. */
export class TextNode extends Positioned {
  readonly type = 'text'
  readonly text: string

  constructor (pos: number, source: Source, text: string) {
    super(pos, source)
    this.text = text
  }

  override toString (): string {
    return this.text
  }
}

/** `{{pipeline}}`. */
export class ActionNode extends Positioned {
  readonly type = 'action'
  readonly pipe: PipeNode

  constructor (pos: number, source: Source, pipe: PipeNode) {
    super(pos, source)
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
export class PipeNode extends Positioned {
  readonly type = 'pipe'
  readonly declarations: Declarations
  readonly commands: readonly CommandNode[]

  constructor (pos: number, source: Source, parts: { declarations: Declarations, commands: readonly CommandNode[] }) {
    super(pos, source)
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
export class CommandNode extends Positioned {
  readonly type = 'command'
  /** At least one. */
  readonly args: readonly Operand[]

  constructor (pos: number, source: Source, args: readonly Operand[]) {
    super(pos, source)
    this.args = args
  }

  override toString (): string {
    return this.args.map(arg => arg.type === 'pipe' ? `(${String(arg)})` : String(arg)).join(' ')
  }
}

/** The name of a function. */
export class IdentifierNode extends Positioned {
  readonly type = 'identifier'
  readonly name: string

  constructor (pos: number, source: Source, name: string) {
    super(pos, source)
    this.name = name
  }

  override toString (): string {
    return this.name
  }
}

/** `$x` or `$x.Field.Field`. */
export class VariableNode extends Positioned {
  readonly type = 'variable'
  /** With its dollar sign. */
  readonly name: string
  readonly fields: readonly string[]

  /**
   * @param pos Go's position: of `$x.y`, that of `.y`
   * @param source the text
   * @param words the name, then the fields
   */
  constructor (pos: number, source: Source, words: readonly string[]) {
    super(pos, source)
    const [name = '$', ...fields] = words
    this.name = name
    this.fields = fields
  }

  override toString (): string {
    return [this.name, ...this.fields].join('.')
  }
}

/** `.`. */
export class DotNode extends Positioned {
  readonly type = 'dot'

  override toString (): string {
    return '.'
  }
}

/** `nil`. */
export class NilNode extends Positioned {
  readonly type = 'nil'

  override toString (): string {
    return 'nil'
  }
}

/** `.Field.Field`. */
export class FieldNode extends Positioned {
  readonly type = 'field'
  /** At least one, without their points. */
  readonly fields: readonly string[]

  constructor (pos: number, source: Source, fields: readonly string[]) {
    super(pos, source)
    this.fields = fields
  }

  override toString (): string {
    return `.${this.fields.join('.')}`
  }
}

/** `(pipeline).Field` or `function.Field`. */
export class ChainNode extends Positioned {
  readonly type = 'chain'
  readonly base: Operand
  /** At least one, without their points. */
  readonly fields: readonly string[]

  constructor (pos: number, source: Source, parts: { base: Operand, fields: readonly string[] }) {
    super(pos, source)
    this.base = parts.base
    this.fields = parts.fields
  }

  override toString (): string {
    return `${this.base.type === 'pipe' ? `(${String(this.base)})` : String(this.base)}.${this.fields.join('.')}`
  }
}

/** `true` or `false`. */
export class BoolNode extends Positioned {
  readonly type = 'bool'
  readonly value: boolean

  constructor (pos: number, source: Source, value: boolean) {
    super(pos, source)
    this.value = value
  }

  override toString (): string {
    return String(this.value)
  }
}

/** A number, which is no type's yet. */
export class NumberNode extends Positioned {
  readonly type = 'number'
  readonly value: NumberConstant

  constructor (pos: number, source: Source, value: NumberConstant) {
    super(pos, source)
    this.value = value
  }

  override toString (): string {
    return this.value.text
  }
}

/** A string, quoted or raw. */
export class StringNode extends Positioned {
  readonly type = 'string'
  /** As it was written, with its quotes. */
  readonly quoted: string
  readonly value: string

  constructor (pos: number, source: Source, parts: { quoted: string, value: string }) {
    super(pos, source)
    this.quoted = parts.quoted
    this.value = parts.value
  }

  override toString (): string {
    return this.quoted
  }
}

/** `{{end}}`; it is in no tree. */
export class EndNode extends Positioned {
  readonly type = 'end'

  override toString (): string {
    return '{{end}}'
  }
}

/** `{{else}}`; it is in no tree. */
export class ElseNode extends Positioned {
  readonly type = 'else'

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

abstract class BranchNode extends Positioned implements Branch {
  abstract readonly type: 'if' | 'range' | 'with'
  readonly pipe: PipeNode
  readonly list: ListNode
  readonly elseList: ListNode | undefined

  constructor (pos: number, source: Source, parts: Branch) {
    super(pos, source)
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
export class IfNode extends BranchNode {
  readonly type = 'if'
}

/** `{{range pipeline}} … {{else}} … {{end}}`. */
export class RangeNode extends BranchNode {
  readonly type = 'range'
}

/** `{{with pipeline}} … {{else}} … {{end}}`. */
export class WithNode extends BranchNode {
  readonly type = 'with'
}

/** `{{break}}`. */
export class BreakNode extends Positioned {
  readonly type = 'break'

  override toString (): string {
    return '{{break}}'
  }
}

/** `{{continue}}`. */
export class ContinueNode extends Positioned {
  readonly type = 'continue'

  override toString (): string {
    return '{{continue}}'
  }
}

/** `{{template "name" pipeline}}`; a `block` leaves one too. */
export class TemplateNode extends Positioned {
  readonly type = 'template'
  readonly name: string
  /** Undefined when the template is called with no data. */
  readonly pipe: PipeNode | undefined

  constructor (pos: number, source: Source, parts: { name: string, pipe: PipeNode | undefined }) {
    super(pos, source)
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
