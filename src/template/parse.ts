import { StrconvError } from '../go/errors.js'
import { quote, unquote } from '../go/strconv.js'
import {
  ActionNode, BoolNode, BreakNode, ChainNode, CommandNode, ContinueNode, DotNode, ElseNode, EndNode, FieldNode, IdentifierNode, IfNode,
  isEmptyTree, ListNode, NilNode, NumberNode, PipeNode, RangeNode, StringNode, TemplateNode, TextNode, VariableNode, WithNode,
  type Declarations, type Operand, type Statement, type Tree
} from './ast.js'
import { builtins } from './builtins.js'
import { TemplateError, type TemplateErrorCode } from './errors.js'
import { Lexer } from './lexer.js'
import { characterConstant, complexConstant, numberConstant } from './number.js'
import { NodeStack } from './node-stack.js'
import { Source } from './source.js'
import { isStackOverflow } from './stack-overflow.js'
import { describeToken, type Token, type TokenKind } from './token.js'

/** What a parse needs to know. */
export interface ParseOptions {
  /** The names that templates may call besides the builtin functions. */
  readonly functions: ReadonlySet<string> | ReadonlyMap<string, unknown>
  /** Trees that belong to the same text already; the new ones are added to them. */
  readonly trees?: Map<string, Tree>
}

/** Blocks in blocks. Go has no limit; a JavaScript stack has one. */
const maxNesting = 250

/** Parentheses in parentheses: Go's limit is 10000, which is more than a JavaScript stack holds. */
const maxParenDepth = 250

/**
 * Parses a template: Go's text/template/parse, construct by construct.
 *
 * @param name the text's name: of its main template, and in errors
 * @param text the template
 * @param options which functions exist
 * @returns the text's main template and those it defines, by name; the main one is there even when it is empty
 * @throws {TemplateError} `parse`, worded as Go's; `too-deep` when it nests deeper than a stack can hold
 */
export function parse (name: string, text: string, options: ParseOptions): Map<string, Tree> {
  const trees = options.trees ?? new Map<string, Tree>()
  const hasFunction = (name: string) => options.functions.has(name) || builtins.has(name)
  const lexer = new Lexer(text, { breakIsKeyword: !hasFunction('break'), continueIsKeyword: !hasFunction('continue') })
  const source = new Source(name, text)
  try {
    new Parser({ lexer, source, trees, hasFunction }, 0).parseText(name)
  } catch (error) {
    if (!isStackOverflow(error)) throw error
    throw new TemplateError('too-deep', 'max nesting depth exceeded', { cause: error, place: parsePlace(source, 1) })
  }
  return trees
}

/** What the parsers of a text and of its defines share. */
interface Parse {
  readonly lexer: Lexer
  readonly source: Source
  readonly trees: Map<string, Tree>
  readonly hasFunction: (name: string) => boolean
}

type BranchKind = 'if' | 'range' | 'with'

/** One `if … else if …` of a chain, before the rest of the chain is known. */
interface OpenBranch {
  readonly pipe: PipeNode
  readonly list: ListNode
  /** The position of the list that the rest of the chain will stand in. */
  readonly elsePos: number
  /** The one whose `else` this is. */
  readonly before: OpenBranch | undefined
}

const operandKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool', 'charConstant', 'complex', 'dot', 'field', 'identifier', 'number', 'nil', 'rawString', 'string', 'variable', 'leftParen'
])

/** What most pipelines declare. */
const noDeclarations: Declarations = { variables: [], isAssign: false }

const constantTypes: ReadonlySet<Operand['type']> = new Set<Operand['type']>(['bool', 'dot', 'nil', 'number', 'string'])

/** Parses one template of a text: each define and block has a parser of its own, on the same lexer. */
class Parser {
  readonly #shared: Parse
  readonly #source: Source
  readonly #lexer: Lexer
  /** Up to three tokens were read ahead; `#tokens[0]` is the last that the lexer gave, and errors name its line. */
  readonly #tokens: [Token, Token, Token]
  #peeked = 0
  #variables = ['$']
  #actionLine = 0
  #rangeDepth = 0
  #parenDepth = 0
  #nesting: number
  readonly #operands = new NodeStack<Operand>()
  readonly #commands = new NodeStack<CommandNode>()
  readonly #statements = new NodeStack<Statement>()

  constructor (shared: Parse, nesting: number) {
    this.#shared = shared
    this.#source = shared.source
    this.#lexer = shared.lexer
    this.#nesting = nesting
    const none: Token = { kind: 'eof', pos: 0, text: '', line: 0 }
    this.#tokens = [none, none, none]
  }

  /** A whole text: like a list, but with defines, and up to the end. */
  parseText (name: string): void {
    const mark = this.#statements.mark()
    const pos = this.#peek().pos
    while (this.#peek().kind !== 'eof') {
      if (this.#peek().kind === 'leftDelim') {
        const delim = this.#next()
        if (this.#nextNonSpace().kind === 'define') {
          this.#child().#parseDefinition()
          continue
        }
        this.#backup2(delim)
      }
      const node = this.#textOrAction()
      if (node.type === 'end' || node.type === 'else') this.#fail(`unexpected ${String(node)}`)
      this.#statements.push(node)
    }
    this.#add(name, new ListNode(pos, this.#source, this.#statements.take(mark)))
  }

  #parseDefinition (): void {
    const context = 'define clause'
    const token = this.#nextNonSpace()
    if (token.kind !== 'string' && token.kind !== 'rawString') this.#unexpected(token, context)
    const name = this.#unquote(token.text)
    this.#expect('rightDelim', context)
    this.#parseBody(name, context)
  }

  /** The body of a define or a block, up to its end. */
  #parseBody (name: string, context: string): void {
    const { list, next } = this.#itemList()
    if (next.type !== 'end') this.#fail(`unexpected ${String(next)} in ${context}`)
    this.#add(name, list)
  }

  #child (): Parser {
    return new Parser(this.#shared, this.#nesting)
  }

  #add (name: string, root: ListNode): void {
    const { trees } = this.#shared
    const known = trees.get(name)
    if (known === undefined || isEmptyTree(known.root)) {
      trees.set(name, { name, root })
      return
    }
    if (!isEmptyTree(root)) this.#fail(`template: multiple definition of template ${quote(name)}`)
  }

  /** Statements up to an `end` or `else`, which comes back beside them. */
  #itemList (): { list: ListNode, next: EndNode | ElseNode } {
    const mark = this.#statements.mark()
    const { pos } = this.#peekNonSpace()
    if (this.#nesting >= maxNesting) this.#fail('max nesting depth exceeded', 'too-deep')
    this.#nesting++
    while (this.#peekNonSpace().kind !== 'eof') {
      const node = this.#textOrAction()
      if (node.type === 'end' || node.type === 'else') {
        this.#nesting--
        return { list: new ListNode(pos, this.#source, this.#statements.take(mark)), next: node }
      }
      this.#statements.push(node)
    }
    return this.#fail('unexpected EOF')
  }

  #textOrAction (): Statement | EndNode | ElseNode {
    const token = this.#nextNonSpace()
    if (token.kind === 'text') return new TextNode(token.pos, this.#source, token.text)
    if (token.kind !== 'leftDelim') return this.#unexpected(token, 'input')
    this.#actionLine = token.line
    const node = this.#action()
    this.#actionLine = 0
    return node
  }

  /** What stands after a left delimiter. */
  #action (): Statement | EndNode | ElseNode {
    const token = this.#nextNonSpace()
    switch (token.kind) {
      case 'block': return this.#blockControl()
      case 'break': return this.#loopControl(new BreakNode(token.pos, this.#source))
      case 'continue': return this.#loopControl(new ContinueNode(token.pos, this.#source))
      case 'else': return this.#elseControl()
      case 'end': return new EndNode(this.#expect('rightDelim', 'end').pos, this.#source)
      case 'if': case 'range': case 'with': return this.#branchControl(token.kind)
      case 'template': return this.#templateControl()
      default:
        this.#backup()
        return new ActionNode(this.#peek().pos, this.#source, this.#pipeline('command', 'rightDelim'))
    }
  }

  /** A break or continue, once it is checked. */
  #loopControl (node: BreakNode | ContinueNode): Statement {
    const token = this.#nextNonSpace()
    if (token.kind !== 'rightDelim') this.#unexpected(token, String(node))
    if (this.#rangeDepth === 0) this.#fail(`${String(node)} outside {{range}}`)
    return node
  }

  /** The words of `else if` and `else with` are left for the branch to which the else belongs. */
  #elseControl (): ElseNode {
    const peeked = this.#peekNonSpace()
    if (peeked.kind === 'if' || peeked.kind === 'with') return new ElseNode(peeked.pos, this.#source)
    return new ElseNode(this.#expect('rightDelim', 'else').pos, this.#source)
  }

  /** An if, range or with, its `else if`s in a loop so that a long chain needs no stack. */
  #branchControl (kind: BranchKind): Statement {
    const mark = this.#variables.length
    let chain: OpenBranch | undefined
    for (;;) {
      const pipe = this.#pipeline(kind, 'rightDelim')
      if (kind === 'range') this.#rangeDepth++
      const { list, next } = this.#itemList()
      if (kind === 'range') this.#rangeDepth--
      chain = { pipe, list, elsePos: next.pos, before: chain }
      if (next.type === 'else' && kind !== 'range' && this.#peek().kind === kind) {
        this.#next()
        continue
      }
      const elseList = next.type === 'else' ? this.#elseList() : undefined
      this.#variables.length = mark
      return this.#closeChain(kind, chain, elseList)
    }
  }

  #elseList (): ListNode {
    const { list, next } = this.#itemList()
    if (next.type !== 'end') this.#fail(`expected end; found ${String(next)}`)
    return list
  }

  #closeChain (kind: BranchKind, chain: OpenBranch, last: ListNode | undefined): Statement {
    let elseList = last
    let node: Statement | undefined
    for (let branch: OpenBranch | undefined = chain; branch !== undefined; branch = branch.before) {
      const { pipe, list, elsePos }: OpenBranch = branch
      if (node !== undefined) elseList = new ListNode(elsePos, this.#source, [node])
      const parts = { pipe, list, elseList }
      node = kind === 'if'
        ? new IfNode(pipe.pos, this.#source, parts)
        : kind === 'with' ? new WithNode(pipe.pos, this.#source, parts) : new RangeNode(pipe.pos, this.#source, parts)
    }
    return node ?? this.#fail(`missing value for ${kind}`)
  }

  #blockControl (): TemplateNode {
    const context = 'block clause'
    const token = this.#nextNonSpace()
    const name = this.#templateName(token, context)
    const pipe = this.#pipeline(context, 'rightDelim')
    this.#child().#parseBody(name, context)
    return new TemplateNode(token.pos, this.#source, { name, pipe })
  }

  #templateControl (): TemplateNode {
    const context = 'template clause'
    const token = this.#nextNonSpace()
    const name = this.#templateName(token, context)
    if (this.#nextNonSpace().kind === 'rightDelim') return new TemplateNode(token.pos, this.#source, { name, pipe: undefined })
    this.#backup()
    return new TemplateNode(token.pos, this.#source, { name, pipe: this.#pipeline(context, 'rightDelim') })
  }

  #templateName (token: Token, context: string): string {
    if (token.kind !== 'string' && token.kind !== 'rawString') this.#unexpected(token, context)
    return this.#unquote(token.text)
  }

  #pipeline (context: string, end: 'rightDelim' | 'rightParen'): PipeNode {
    const { pos } = this.#peekNonSpace()
    const declarations = this.#declarations(context)
    const mark = this.#commands.mark()
    for (;;) {
      const token = this.#nextNonSpace()
      if (token.kind === end) {
        const commands = this.#commands.take(mark)
        this.#checkPipeline(commands, context)
        return new PipeNode(pos, this.#source, { declarations, commands })
      }
      if (!operandKinds.has(token.kind)) this.#unexpected(token, context)
      this.#backup()
      this.#commands.push(this.#command())
    }
  }

  /** `$x :=`, `$x =`, and in a range `$i, $x :=`. */
  #declarations (context: string): Declarations {
    if (this.#peekNonSpace().kind !== 'variable') return noDeclarations
    const variables: VariableNode[] = []
    for (;;) {
      const variable = this.#peekNonSpace()
      if (variable.kind !== 'variable') return { variables, isAssign: false }
      this.#next()
      // A space is a token: for `$x foo` the third token must be read to know that $x is an argument.
      const after = this.#peek()
      const next = this.#peekNonSpace()
      if (next.kind === 'assign' || next.kind === 'declare') {
        this.#nextNonSpace()
        this.#declare(variable, variables)
        return { variables, isAssign: next.kind === 'assign' }
      }
      if (next.kind !== 'char' || next.text !== ',') {
        if (after.kind === 'space') this.#backup3(variable, after)
        else this.#backup2(variable)
        return variables.length === 0 ? noDeclarations : { variables, isAssign: false }
      }
      this.#nextNonSpace()
      this.#declare(variable, variables)
      this.#checkSecondVariable(context, variables.length)
    }
  }

  #declare (token: Token, variables: VariableNode[]): void {
    variables.push(new VariableNode(token.pos, this.#source, [token.text]))
    this.#variables.push(token.text)
  }

  #checkSecondVariable (context: string, count: number): void {
    if (context !== 'range' || count >= 2) this.#fail(`too many declarations in ${context}`)
    const { kind } = this.#peekNonSpace()
    if (kind !== 'variable' && kind !== 'rightDelim' && kind !== 'rightParen') this.#fail('range can only initialize variables')
  }

  #checkPipeline (commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`)
    for (let i = 1; i < commands.length; i++) {
      const first = commands[i]?.args[0]
      if (first !== undefined && constantTypes.has(first.type)) this.#fail(`non executable command in pipeline stage ${i + 1}`)
    }
  }

  #command (): CommandNode {
    const { pos } = this.#peekNonSpace()
    const mark = this.#operands.mark()
    for (;;) {
      this.#peekNonSpace()
      const operand = this.#operand()
      if (operand !== undefined) this.#operands.push(operand)
      const token = this.#next()
      if (token.kind === 'space') continue
      if (token.kind === 'rightDelim' || token.kind === 'rightParen') this.#backup()
      else if (token.kind !== 'pipe') this.#unexpected(token, 'operand')
      break
    }
    const args = this.#operands.take(mark)
    if (args.length === 0) this.#fail('empty command')
    return new CommandNode(pos, this.#source, args)
  }

  /** A term and the fields after it; undefined when the next token is no operand. */
  #operand (): Operand | undefined {
    const node = this.#term()
    if (node === undefined || this.#peek().kind !== 'field') return node
    const { pos } = this.#peek()
    const fields = this.#words(pos + 1)
    if (constantTypes.has(node.type)) this.#fail(`unexpected . after term ${quote(String(node))}`)
    return new ChainNode(pos, this.#source, { base: node, fields })
  }

  /** Passes the fields that come next; gives the text from an index up to their end, split at its points. */
  #words (from: number): string[] {
    let last = this.#peek()
    while (this.#peek().kind === 'field') last = this.#next()
    return this.#source.text.slice(from, last.pos + last.text.length).split('.')
  }

  #term (): Operand | undefined {
    const token = this.#nextNonSpace()
    const { pos, text } = token
    switch (token.kind) {
      case 'identifier': return this.#function(token)
      case 'dot': return new DotNode(pos, this.#source)
      case 'nil': return new NilNode(pos, this.#source)
      case 'variable': return this.#variable(token)
      case 'field': return this.#field(token)
      case 'bool': return new BoolNode(pos, this.#source, text === 'true')
      case 'charConstant': case 'complex': case 'number': return this.#number(token)
      case 'leftParen': return this.#parenthesized()
      case 'string': case 'rawString': return new StringNode(pos, this.#source, { quoted: text, value: this.#unquote(text) })
      default:
        this.#backup()
        return undefined
    }
  }

  #function ({ pos, text }: Token): IdentifierNode {
    if (!this.#shared.hasFunction(text)) this.#fail(`function ${quote(text)} not defined`)
    return new IdentifierNode(pos, this.#source, text)
  }

  #variable ({ pos, text }: Token): VariableNode {
    if (!this.#variables.includes(text)) this.#fail(`undefined variable ${quote(text)}`)
    const next = this.#peek()
    return next.kind === 'field' ? new VariableNode(next.pos, this.#source, this.#words(pos)) : new VariableNode(pos, this.#source, [text])
  }

  /** `.x`, or `.x.y`, which Go says is where `.y` is. */
  #field ({ pos, text }: Token): FieldNode {
    const next = this.#peek()
    return next.kind === 'field' ? new FieldNode(next.pos, this.#source, this.#words(pos + 1)) : new FieldNode(pos, this.#source, [text.slice(1)])
  }

  #number ({ kind, pos, text }: Token): NumberNode {
    const read = kind === 'charConstant' ? characterConstant : kind === 'complex' ? complexConstant : numberConstant
    return new NumberNode(pos, this.#source, this.#orFail(() => read(text)))
  }

  #parenthesized (): PipeNode {
    if (this.#parenDepth >= maxParenDepth) this.#fail('max expression depth exceeded', 'too-deep')
    this.#parenDepth++
    const pipe = this.#pipeline('parenthesized pipeline', 'rightParen')
    this.#parenDepth--
    return pipe
  }

  #unquote (literal: string): string {
    return this.#orFail(() => unquote(literal))
  }

  /** What a reader of strconv gives, its error put in its place. */
  #orFail<T> (read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (error instanceof StrconvError) this.#fail(error.message)
      throw error
    }
  }

  #next (): Token {
    if (this.#peeked === 0) {
      const token = this.#lexer.next()
      this.#tokens[0] = token
      return token
    }
    this.#peeked--
    return this.#tokens[this.#peeked] ?? this.#tokens[0]
  }

  #peek (): Token {
    if (this.#peeked === 0) {
      this.#peeked = 1
      const token = this.#lexer.next()
      this.#tokens[0] = token
      return token
    }
    return this.#tokens[this.#peeked - 1] ?? this.#tokens[0]
  }

  #nextNonSpace (): Token {
    let token = this.#next()
    while (token.kind === 'space') token = this.#next()
    return token
  }

  #peekNonSpace (): Token {
    if (this.#peeked === 1 && this.#tokens[0].kind !== 'space') return this.#tokens[0]
    const token = this.#nextNonSpace()
    this.#backup()
    return token
  }

  #backup (): void {
    this.#peeked++
  }

  /** Puts back one token besides the last. */
  #backup2 (before: Token): void {
    this.#tokens[1] = before
    this.#peeked = 2
  }

  /** Puts back two tokens besides the last. */
  #backup3 (first: Token, second: Token): void {
    this.#tokens[1] = second
    this.#tokens[2] = first
    this.#peeked = 3
  }

  #expect (kind: TokenKind, context: string): Token {
    const token = this.#nextNonSpace()
    return token.kind === kind ? token : this.#unexpected(token, context)
  }

  #unexpected (token: Token, context: string): never {
    if (token.kind === 'error') this.#fail(token.text + this.#actionStart(token))
    return this.#fail(`unexpected ${describeToken(token)} in ${context}`)
  }

  /** Where the action started, when that was on another line. */
  #actionStart (token: Token): string {
    if (this.#actionLine === 0 || this.#actionLine === token.line) return ''
    const started = `started at ${this.#source.name}:${this.#actionLine}`
    return token.text.endsWith(' action') ? ` ${started}` : ` in action ${started}`
  }

  #fail (detail: string, code: TemplateErrorCode = 'parse'): never {
    throw new TemplateError(code, detail, { place: parsePlace(this.#source, this.#tokens[0].line) })
  }
}

function parsePlace (source: Source, line: number) {
  return { template: source.name, name: undefined, line, column: undefined, node: undefined }
}
