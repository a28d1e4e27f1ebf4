import type { Flag } from './command.js'
import { CliError } from './errors.js'
import { parseDuration } from '../go/time.js'

/** The flags of one call, read by name and type. Reading a flag that was not declared is a programmer's error. */
export class Flags {
  readonly #declared: ReadonlyMap<string, Flag>
  readonly #given: ReadonlyMap<string, readonly string[]>

  /**
   * @param declared every flag the command knows, by name
   * @param given the texts each flag was given, in order
   */
  constructor (declared: ReadonlyMap<string, Flag>, given: ReadonlyMap<string, readonly string[]>) {
    this.#declared = declared
    this.#given = given
  }

  /** Whether the flag stood on the command line. */
  changed (name: string): boolean {
    return this.#given.has(name)
  }

  /** The names of all flags that stood on the command line. */
  changedNames (): string[] {
    return [...this.#given.keys()]
  }

  bool (name: string): boolean {
    return parseBool(this.#last(name)) ?? false
  }

  string (name: string): string {
    return this.#last(name)
  }

  /** The text given, or undefined when neither given nor defaulted. */
  optional (name: string): string | undefined {
    const text = this.#last(name)
    return text === '' && !this.changed(name) ? undefined : text
  }

  /** A whole number. */
  int (name: string): number {
    return Number(this.#last(name) || '0')
  }

  /** A duration in milliseconds. */
  milliseconds (name: string): number {
    return Number(parseDuration(this.#last(name) || '0s') / 1_000_000n)
  }

  /** A list: of each text as it stands (stringArray), or of its comma separated parts (strings). */
  list (name: string): string[] {
    const { type } = this.#flag(name)
    const texts = this.#given.get(name) ?? []
    return type === 'strings' ? texts.flatMap(splitCsv) : [...texts]
  }

  /** The pairs of a `k=v,k=v` flag. */
  pairs (name: string): Map<string, string> {
    const parts = (this.#given.get(name) ?? []).flatMap(splitCsv)
    return new Map(parts.map(part => {
      const equals = part.indexOf('=')
      return [part.slice(0, equals), part.slice(equals + 1)]
    }))
  }

  #last (name: string): string {
    return this.#given.get(name)?.at(-1) ?? this.#flag(name).default ?? ''
  }

  #flag (name: string): Flag {
    const flag = this.#declared.get(name)
    if (flag === undefined) throw new TypeError(`flag --${name} is not declared`)
    return flag
  }
}

/** A command line cut into flags and positional arguments. */
export interface ParsedArguments {
  readonly flags: Flags
  readonly args: string[]
  /** Names of deprecated flags that were used. */
  readonly deprecated: readonly Flag[]
  readonly help: boolean
}

/**
 * Cuts a command line as Go's pflag does: flags and arguments may be mixed, `--name=value`, `--name value`, `-nvalue`, `-n=value`,
 * grouped short flags, `--` ends the flags; a bool and a flag with a bare value take a value only after `=`.
 *
 * @param argv what follows the command's name
 * @param declared the command's own flags and the global ones
 * @throws {CliError} unknown-flag or invalid-argument, in pflag's words
 */
export function parseFlags (argv: readonly string[], declared: readonly Flag[]): ParsedArguments {
  return new FlagParser(declared).parse(argv)
}

class FlagParser {
  readonly #byName: Map<string, Flag>
  readonly #byShort = new Map<string, Flag>()
  readonly #given = new Map<string, string[]>()
  readonly #args: string[] = []
  #rest: string[] = []
  #help = false

  constructor (declared: readonly Flag[]) {
    this.#byName = new Map(declared.map(flag => [flag.name, flag]))
    for (const flag of declared) if (flag.short !== undefined) this.#byShort.set(flag.short, flag)
  }

  parse (argv: readonly string[]): ParsedArguments {
    this.#rest = [...argv]
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      if (word === '--') {
        this.#args.push(...this.#rest)
        break
      }
      if (word.startsWith('--')) this.#long(word)
      else if (word.startsWith('-') && word.length > 1) this.#shorts(word.slice(1), word)
      else this.#args.push(word)
    }
    const deprecated = [...this.#given.keys()].map(name => this.#byName.get(name)).filter(flag => flag?.deprecated !== undefined)
    return {
      flags: new Flags(this.#byName, this.#given),
      args: this.#args,
      deprecated: deprecated.filter(flag => flag !== undefined),
      help: this.#help
    }
  }

  #long (word: string): void {
    const equals = word.indexOf('=')
    const name = word.slice(2, equals < 0 ? undefined : equals)
    if (name === '' || name.startsWith('-')) throw new CliError('invalid-argument', `bad flag syntax: ${word}`)
    const flag = this.#byName.get(name)
    if (flag === undefined) {
      if (name === 'help') {
        this.#help = true
        return
      }
      throw new CliError('unknown-flag', `unknown flag: --${name}`)
    }
    this.#set(flag, equals < 0 ? this.#value(flag, `flag needs an argument: --${name}`) : word.slice(equals + 1))
  }

  #shorts (letters: string, word: string): void {
    for (let i = 0; i < letters.length; i++) {
      const letter = letters.charAt(i)
      const flag = this.#byShort.get(letter)
      if (flag === undefined) {
        if (letter === 'h') {
          this.#help = true
          return
        }
        throw new CliError('unknown-flag', `unknown shorthand flag: '${letter}' in ${word}`)
      }
      const after = letters.slice(i + 1)
      const attached = after.startsWith('=') ? after.slice(1) : bareValueOf(flag) === undefined && after !== '' ? after : undefined
      if (attached !== undefined) {
        this.#set(flag, attached)
        return
      }
      this.#set(flag, this.#value(flag, `flag needs an argument: '${letter}' in ${word}`))
    }
  }

  #value (flag: Flag, complaint: string): string {
    const value = bareValueOf(flag) ?? this.#rest.shift()
    if (value === undefined) throw new CliError('invalid-argument', complaint)
    return value
  }

  #set (flag: Flag, text: string): void {
    const wrong = fault(flag, text)
    if (wrong !== undefined) {
      const shown = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`
      throw new CliError('invalid-argument', `invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${wrong}`)
    }
    const texts = this.#given.get(flag.name)
    if (texts === undefined) this.#given.set(flag.name, [text])
    else texts.push(text)
  }
}

function bareValueOf (flag: Flag): string | undefined {
  return flag.bareValue ?? (flag.type === 'bool' ? 'true' : undefined)
}

/** What is wrong with a flag's text, in the words of Go's strconv and time packages; undefined when nothing is. */
function fault (flag: Flag, text: string): string | undefined {
  switch (flag.type) {
    case 'bool':
      return parseBool(text) === undefined ? `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax` : undefined
    case 'int':
      return /^[+-]?\d+$/.test(text) ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
    case 'uint':
      return /^\d+$/.test(text) ? undefined : `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
    case 'float32':
      return text !== '' && Number.isFinite(Number(text)) ? undefined : `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`
    case 'duration':
      return durationFault(text)
    case 'stringToString':
      return splitCsv(text).every(part => part.includes('=')) ? undefined : `${text} must be formatted as key=value`
    case 'string':
    case 'strings':
    case 'stringArray':
      return undefined
  }
}

function durationFault (text: string): string | undefined {
  try {
    parseDuration(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Go's strconv.ParseBool. */
function parseBool (text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false
  return undefined
}

/** The fields of one line of CSV (pflag reads its comma lists so: a field in double quotes may hold commas). */
function splitCsv (text: string): string[] {
  if (text === '') return []
  const fields: string[] = []
  for (const match of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(match[1] === undefined ? match[2] ?? '' : match[1].replaceAll('""', '"'))
  }
  return fields
}
