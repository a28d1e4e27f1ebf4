import { RE2JS, RE2JSException } from 're2js'
import { work } from '../go/work.js'
import { SprigError } from './errors.js'

/** A pattern as re2js reads it, and what in it was written otherwise: Go's errors name parts of the pattern as they were written. */
interface Rewritten {
  readonly expression: string
  readonly written: ReadonlyMap<string, string>
}

/** From how many characters on an expression takes more time and memory for each of them. */
const longExpression = 10_000

/** Stands between the name of a group and a number, where a name comes again. */
const again = '__again__'

/** What begins a group with a name; before it what may look like one: quoted texts, escapes, classes. What does not end goes to the end, so that nothing is looked for twice. */
const namedGroup = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\^?\w+:\]|[^\]])*(?:\]|$)|(\(\?P?<)(\w+)>/g

/** A property of characters by its name; before it what may look like one. */
const property = /\\Q[^]*?(?:\\E|$)|(\\[pP])(?:\{(\^?)([^}]*)\}|([^{]))|\\[^]/g

/** The names of categories that re2js does not know, as Go compares names. */
const categoryAliases: ReadonlyMap<string, string> = new Map(`
  Lc=Casedletter Pe=Closepunctuation M=Combiningmark Pc=Connectorpunctuation Cc=Control Sc=Currencysymbol Pd=Dashpunctuation Nd=Decimalnumber
  Me=Enclosingmark Pf=Finalpunctuation Cf=Format Pi=Initialpunctuation L=Letter Nl=Letternumber Zl=Lineseparator Ll=Lowercaseletter M=Mark
  Sm=Mathsymbol Lm=Modifierletter Sk=Modifiersymbol Mn=Nonspacingmark N=Number Ps=Openpunctuation C=Other Lo=Otherletter No=Othernumber
  Po=Otherpunctuation So=Othersymbol Zp=Paragraphseparator Co=Privateuse P=Punctuation Z=Separator Zs=Spaceseparator Mc=Spacingmark Cs=Surrogate
  S=Symbol Lt=Titlecaseletter Cn=Unassigned Lu=Uppercaseletter Cc=Cntrl Nd=Digit P=Punct
`.trim().split(/\s+/).map(pair => {
    const [category = '', alias = ''] = pair.split('=')
    return [alias, category] as const
  }))

/** A bracket that begins no `[:name:]`, where re2js would take it for the beginning of one. */
const bracket = '\\x{00005B}'

/**
 * Compiles a regular expression as Go 1.26 reads it. Where re2js reads it otherwise it is written otherwise: groups that share a name, names of
 * properties in other letters or words, and `[[:]`.
 *
 * @param expression a regular expression of RE2
 * @returns it, compiled
 * @throws {SprigError} code `syntax`, `error parsing regexp: …` as Go's regexp/syntax words it
 */
export function compileGo (expression: string): RE2JS {
  const units = compilingWork(expression)
  work(units)
  let rewritten = distinctGroups(expression)
  for (;;) {
    try {
      return RE2JS.compile(rewritten.expression)
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error
      const next = repaired(rewritten, error.message)
      if (next === undefined) throw new SprigError('syntax', worded(error.message, rewritten), { cause: error })
      rewritten = next
      work(units)
    }
  }
}

/** Units of work: for each character, and for each name of a class, whose end is looked for in all that follows. */
function compilingWork (expression: string): number {
  const names = expression.match(/\[:|\\[pP]\{/g)?.length ?? 0
  return expression.length * (expression.length > longExpression ? 80 : 20) + Math.ceil(names * expression.length / 16)
}

/**
 * The groups of a compiled pattern by the names that they were given.
 *
 * @param compiled what `compileGo` gave
 * @returns their numbers, in the order of the pattern
 */
export function groupsByName (compiled: RE2JS): Map<string, number[]> {
  const named = new Map<string, number[]>()
  for (const [group, index] of Object.entries(compiled.namedGroups()).sort(([, a], [, b]) => a - b)) {
    const [name = ''] = group.split(again)
    named.set(name, [...named.get(name) ?? [], index])
  }
  return named
}

/** Go lets groups share a name; re2js does not, so the later ones get names of their own. */
function distinctGroups (expression: string): Rewritten {
  const seen = new Set<string>()
  const written = new Map<string, string>()
  const distinct = expression.replace(namedGroup, (found: string, start?: string, name?: string) => {
    if (start === undefined || name === undefined) return found
    if (!seen.has(name)) {
      seen.add(name)
      return found
    }
    const own = `${start}${name}${again}${written.size}>`
    written.set(own, found)
    return own
  })
  return { expression: distinct, written }
}

/** The pattern in words that re2js knows; undefined when Go refuses it, too. */
function repaired (rewritten: Rewritten, message: string): Rewritten | undefined {
  const range = /^error parsing regexp: invalid character class range: `([^]*)`$/.exec(message)?.[1]
  if (range === undefined) return undefined
  if (/^\\[pP]/.test(range)) return knownProperties(rewritten)
  return range === '[:]' ? plainBracket(rewritten) : undefined
}

/** Go compares names of properties without regard to case, spaces, hyphens and underscores. */
function knownProperties ({ expression, written }: Rewritten): Rewritten | undefined {
  const added = new Map(written)
  const known = expression.replace(property, (found: string, start?: string, negated: string = '', name?: string, letter?: string) => {
    const text = name ?? letter
    if (start === undefined || text === undefined) return found
    const plain = text.replace(/[-_ ]/g, '').toLowerCase()
    const canonical = plain.charAt(0).toUpperCase() + plain.slice(1)
    const known = categoryAliases.get(canonical) ?? canonical
    const own = `${start}{${negated}${known}}`
    if (known === text || !/^[\x20-\x7e]*$/.test(text)) return found
    if (!expression.includes(own)) added.set(own, found)
    return own
  })
  return known === expression ? undefined : { expression: known, written: added }
}

/** `[[:]`: the colon and the bracket after it would end a name that Go looks for further on, or else takes for none. */
function plainBracket ({ expression, written }: Rewritten): Rewritten | undefined {
  for (const { 0: found, index } of expression.matchAll(namedGroup)) {
    const at = index + found.length - '[:]'.length
    if (at <= index || !found.endsWith('[:]') || !found.startsWith('[')) continue
    const end = expression.indexOf(':]', at + '[:'.length)
    const expected = { expression, written }
    if (end >= 0) throw new SprigError('syntax', worded(`error parsing regexp: invalid character class range: \`${expression.slice(at, end + 2)}\``, expected))
    return { expression: expression.slice(0, at) + bracket + expression.slice(at + 1), written: new Map(written).set(bracket, '[') }
  }
  return undefined
}

/** Go names the part that is wrong in each error, also where there is none; as it was written. */
function worded (message: string, { written }: Rewritten): string {
  let text = message
  for (const [own, found] of written) text = text.replaceAll(own, found)
  if (text.endsWith('at end of expression')) return `${text}: \`\``
  // What is too short to be a group with a name is none to Go.
  return text.replace(/invalid named capture: `(?:(\(\?<)|(\(\?P)<)`$/, (_, plain?: string, python?: string) => `invalid or unsupported Perl syntax: \`${plain ?? python ?? ''}\``)
}
