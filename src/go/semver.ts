import { SemverError } from './errors.js'
import { quote } from './quote.js'

/** Longer texts are refused before they are looked at, as the original does. */
const maxVersionLength = 256
const maxUint64 = 18446744073709551615n

const looseVersion = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/

interface VersionParts {
  readonly original: string
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly prerelease: string
  readonly metadata: string
}

/** A version as Masterminds/semver 3 reads it: semantic versions, and those that come near (`v1`, `1.2`, `01.2.3`). */
export class Version implements VersionParts {
  /** The text it was read from. */
  readonly original: string
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  /** What stands behind `-`, or nothing. */
  readonly prerelease: string
  /** What stands behind `+`, or nothing. */
  readonly metadata: string

  private constructor (parts: VersionParts) {
    this.original = parts.original
    this.major = parts.major
    this.minor = parts.minor
    this.patch = parts.patch
    this.prerelease = parts.prerelease
    this.metadata = parts.metadata
  }

  /**
   * Reads a version loosely: a leading `v`, missing parts and leading zeros are fine (semver.NewVersion).
   *
   * @throws {SemverError} `invalid-version`, such as `invalid semantic version`
   */
  static parse (text: string): Version {
    if (text.length > maxVersionLength) throw invalid(`version string is too long (max ${maxVersionLength} bytes)`)
    const match = looseVersion.exec(text)
    if (match === null) throw invalid('invalid semantic version')
    const [, major = '', minor = '0', patch = '0', prerelease = '', metadata = ''] = match
    const numbers = [major, minor, patch].map(digits => segment(digits, 'error parsing version segment: '))
    refuseLeadingZeros(prerelease)
    return new Version({ original: text, major: numbers[0] ?? 0n, minor: numbers[1] ?? 0n, patch: numbers[2] ?? 0n, prerelease, metadata })
  }

  /**
   * Reads a semantic version and nothing else: three numbers without leading zeros (semver.StrictNewVersion).
   *
   * @throws {SemverError} `invalid-version`, saying what is wrong
   */
  static strict (text: string): Version {
    if (text === '') throw invalid('version string empty')
    if (text.length > maxVersionLength) throw invalid(`version string is too long (max ${maxVersionLength} bytes)`)
    const [major = '', minor, ...more] = text.split('.')
    if (minor === undefined || more.length === 0) throw invalid('invalid semantic version')
    const [beforeMetadata, metadata] = cut(more.join('.'), '+')
    if (metadata !== undefined) refuseBadIdentifiers(metadata, 'invalid metadata string')
    const [patch, prerelease] = cut(beforeMetadata, '-')
    if (prerelease !== undefined) {
      refuseBadIdentifiers(prerelease, 'invalid prerelease string')
      refuseLeadingZeros(prerelease)
    }
    const [first = 0n, second = 0n, third = 0n] = [major, minor, patch].map(strictSegment)
    return new Version({ original: text, major: first, minor: second, patch: third, prerelease: prerelease ?? '', metadata: metadata ?? '' })
  }

  /**
   * The order of precedence of semantic versions; metadata does not count.
   *
   * @returns negative, 0 or positive
   */
  compare (other: Version): number {
    return compareNumbers(this.major, other.major) || compareNumbers(this.minor, other.minor) || compareNumbers(this.patch, other.patch) ||
      comparePrerelease(this.prerelease, other.prerelease)
  }

  /** The version written out in full, without a leading `v`. */
  toString (): string {
    return `${this.major}.${this.minor}.${this.patch}${this.prerelease && `-${this.prerelease}`}${this.metadata && `+${this.metadata}`}`
  }
}

/** The order of two pre-releases: none is higher than any; parts are compared one by one, numbers below texts. */
function comparePrerelease (a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return 1
  if (b === '') return -1
  const left = a.split('.')
  const right = b.split('.')
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = comparePart(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function comparePart (a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return -1
  if (b === '') return 1
  const left = uint64(a)
  const right = uint64(b)
  if (left !== undefined && right !== undefined) return compareNumbers(left, right)
  if (left !== undefined) return -1
  if (right !== undefined) return 1
  return a > b ? 1 : -1
}

function compareNumbers (a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function uint64 (digits: string): bigint | undefined {
  if (!/^\d+$/.test(digits)) return undefined
  const value = BigInt(digits)
  return value > maxUint64 ? undefined : value
}

function segment (digits: string, prefix: string): bigint {
  const value = uint64(digits)
  if (value === undefined) throw invalid(`${prefix}strconv.ParseUint: parsing ${JSON.stringify(digits)}: value out of range`)
  return value
}

function strictSegment (digits: string): bigint {
  if (!/^\d*$/.test(digits)) throw invalid('invalid characters in version')
  if (/^0\d/.test(digits)) throw invalid('version segment starts with 0')
  if (digits === '') throw invalid('strconv.ParseUint: parsing "": invalid syntax')
  return segment(digits, '')
}

function refuseBadIdentifiers (text: string, complaint: string): void {
  if (!text.split('.').every(part => /^[\dA-Za-z-]*$/.test(part))) throw invalid(complaint)
}

function refuseLeadingZeros (prerelease: string): void {
  if (prerelease.split('.').some(part => /^0\d+$/.test(part))) throw invalid('version segment starts with 0')
}

/** A text before the first separator, and what follows it. */
function cut (text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function invalid (message: string): SemverError {
  return new SemverError('invalid-version', message)
}

/** The original's bounds. */
const maxLength = 512
const maxGroups = 32

// White space is Go's: ASCII only. A stray `|` in a number is let through here and refused when the number is read, as in the original.
const space = '[\\t\\n\\f\\r ]'
const part = '[0-9|xX*]+'
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const partial = `v?(?:${part})(?:\\.${part})?(?:\\.${part})?(?:-${identifiers})?(?:\\+${identifiers})?`
const operator = '(?:=||!=|>|<|>=|=>|<=|=<|~|~>|\\^)'
const one = `${operator}${space}*${partial}`
const wholeGroup = new RegExp(`^${space}*${one}${space}*(?:(?:${space}+|,${space}*)${one}${space}*)*$`)
const eachConstraint = new RegExp(one, 'g')
const range = new RegExp(`${space}*(${partial})${space}+-${space}+(${partial})${space}*`, 'g')
const pieces = new RegExp(`^${space}*(${operator})${space}*(v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?(-${identifiers})?(?:\\+${identifiers})?)${space}*$`)

/** What a version must be: groups joined by `||`, of which one must hold; in a group, all must hold (Masterminds/semver 3). */
export class Constraints {
  readonly #groups: readonly Group[]

  private constructor (groups: readonly Group[]) {
    this.#groups = groups
  }

  /**
   * Reads constraints such as `^1.2`, `>=1 <3`, `1.x || ~2.1`, `1.0 - 2.0`.
   *
   * @throws {SemverError} `invalid-constraint`: `improper constraint: …`
   */
  static parse (text: string): Constraints {
    if (text.length > maxLength) throw improper(`constraint string is too long (max ${maxLength} bytes)`)
    const groups = text.replace(range, '>= $1, <= $2 ').split('||')
    if (groups.length > maxGroups) throw improper(`too many constraint groups (max ${maxGroups})`)
    return new Constraints(groups.map(parseGroup))
  }

  /** Whether a version meets them. A pre-release does only where some constraint of the same group names a pre-release. */
  check (version: Version): boolean {
    return this.#groups.some(({ constraints, prereleases }) =>
      constraints.every(each => (version.prerelease === '' || prereleases) && tests[each.operator](version, each)))
  }
}

interface Group {
  readonly constraints: readonly Constraint[]
  /** Whether one of them names a pre-release. */
  readonly prereleases: boolean
}

type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | '~' | '^'

interface Constraint {
  readonly operator: Operator
  readonly bound: Version
  /** Some part is missing or a wildcard. */
  readonly open: boolean
  /** The minor part is (and with it the patch). */
  readonly openMinor: boolean
  /** Only the patch is. */
  readonly openPatch: boolean
}

const operators: Readonly<Record<string, Operator>> = {
  '': '=', '=': '=', '!=': '!=', '>': '>', '<': '<', '>=': '>=', '=>': '>=', '<=': '<=', '=<': '<=', '~': '~', '~>': '~', '^': '^'
}

function parseGroup (text: string): Group {
  if (!wholeGroup.test(text)) throw improper(`improper constraint: ${quote(text)}`)
  const constraints = (text.match(eachConstraint) ?? [text]).map(parseConstraint)
  return { constraints, prereleases: constraints.some(each => each.bound.prerelease !== '') }
}

function parseConstraint (text: string): Constraint {
  const match = pieces.exec(text)
  if (match === null) throw improper(`improper constraint: ${quote(text)}`)
  const [, symbol = '', whole = '', major = '', minor = '', patch = '', prerelease = ''] = match
  const facts = { operator: operators[symbol] ?? '=', open: true, openMinor: false, openPatch: false }
  if (isWildcard(major)) return { ...facts, bound: bound(`0.0.0${prerelease}`) }
  if (isWildcard(minor)) return { ...facts, openMinor: true, bound: bound(`${major}.0.0${prerelease}`) }
  if (isWildcard(patch)) return { ...facts, openPatch: true, bound: bound(`${major}.${minor}.0${prerelease}`) }
  return { ...facts, open: false, bound: bound(whole) }
}

function isWildcard (text: string): boolean {
  return ['', 'x', 'X', '*'].includes(text)
}

function bound (text: string): Version {
  try {
    return Version.parse(text)
  } catch (error) {
    throw new SemverError('invalid-constraint', 'constraint parser error', { cause: error })
  }
}

const tests: Readonly<Record<Operator, (version: Version, constraint: Constraint) => boolean>> = {
  '=': (version, constraint) => constraint.open ? isNear(version, constraint) : version.compare(constraint.bound) === 0,
  '!=': isOther,
  '>': isAbove,
  '<': (version, { bound }) => version.compare(bound) < 0,
  '>=': (version, { bound }) => version.compare(bound) >= 0,
  '<=': isAtMost,
  '~': isNear,
  '^': isCompatible
}

function isOther (version: Version, { bound, open, openMinor, openPatch }: Constraint): boolean {
  if (open) {
    if (version.major !== bound.major) return true
    if (openMinor) return false
    if (version.minor !== bound.minor) return true
    if (openPatch) return (version.prerelease !== '' || bound.prerelease !== '') && comparePrerelease(version.prerelease, bound.prerelease) !== 0
    if (version.patch !== bound.patch) return true
  }
  return version.compare(bound) !== 0
}

/** `>1` means above all of 1, `>1.1` above all of 1.1. */
function isAbove (version: Version, { bound, open, openMinor, openPatch }: Constraint): boolean {
  if (open) {
    if (version.major !== bound.major) return version.major > bound.major
    if (openMinor) return false
    if (openPatch) return version.minor > bound.minor
  }
  return version.compare(bound) > 0
}

/** `<=1` means up to all of 1, `<=1.1` up to all of 1.1. */
function isAtMost (version: Version, { bound, open, openMinor }: Constraint): boolean {
  if (!open) return version.compare(bound) <= 0
  if (version.major > bound.major) return false
  return version.major !== bound.major || version.minor <= bound.minor || openMinor
}

/** `~1.2.3`: from there on, within the same minor version (within the major one where no minor is given). */
function isNear (version: Version, { bound, openMinor, openPatch }: Constraint): boolean {
  if (version.compare(bound) < 0) return false
  if (bound.major === 0n && bound.minor === 0n && bound.patch === 0n && !openMinor && !openPatch) return true
  return version.major === bound.major && (version.minor === bound.minor || openMinor)
}

/** `^1.2.3`: from there on, as long as the leftmost number that is not zero stays. */
function isCompatible (version: Version, { bound, openMinor, openPatch }: Constraint): boolean {
  if (version.compare(bound) < 0) return false
  if (bound.major > 0n || openMinor) return version.major === bound.major
  if (version.major > 0n) return false
  if (bound.minor > 0n || openPatch) return version.minor === bound.minor
  return version.minor === 0n && version.patch === bound.patch
}

function improper (message: string): SemverError {
  return new SemverError('invalid-constraint', message)
}
