import { byteLength } from './bytes.js'
import { SemverError, StrconvError } from './errors.js'
import { parseUint, quote } from './strconv.js'

/** The library's own bound, in bytes. */
const longestVersion = 256

const loose = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/
const identifiers = /^[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*$/
const leadingZero = /(?:^|\.)0\d+(?:\.|$)/

/** A semantic version, as Masterminds/semver v3 reads and orders them. */
export class Version {
  /** The text it was read from. */
  readonly original: string
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  /** Without the hyphen; empty for a release. */
  readonly prerelease: string
  /** Without the plus sign. */
  readonly metadata: string

  /** A version that was never read: Go's zero value. */
  static readonly zero = new Version('', [], { prerelease: '', metadata: '' })

  private constructor (original: string, numbers: readonly bigint[], labels: { prerelease: string, metadata: string }) {
    this.original = original
    const [major = 0n, minor = 0n, patch = 0n] = numbers
    this.major = major
    this.minor = minor
    this.patch = patch
    this.prerelease = labels.prerelease
    this.metadata = labels.metadata
  }

  /**
   * Reads a version loosely (semver.NewVersion): a leading `v`, missing parts and leading zeros are fine.
   *
   * @param text such as `v1.2` or `1.2.3-rc.1+build`
   * @returns the version
   * @throws {SemverError} `version string is too long (max 256 bytes)`, `invalid semantic version`, `version segment starts with 0`, `error parsing version segment: …`
   */
  static parse (text: string): Version {
    checkLength(text)
    const parts = loose.exec(text)
    if (parts === null) throw new SemverError('invalid-version', 'invalid semantic version')
    const [, major = '', minor = '0', patch = '0', prerelease = '', metadata = ''] = parts
    const numbers = [major, minor, patch].map(number => parseSegment(number, 'error parsing version segment: '))
    checkPrerelease(prerelease)
    return new Version(text, numbers, { prerelease, metadata })
  }

  /**
   * Whether a text is a version by the letter of Semantic Versioning 2.
   *
   * @param text any text
   */
  static isStrict (text: string): boolean {
    try {
      Version.strict(text)
      return true
    } catch (error) {
      if (error instanceof SemverError) return false
      throw error
    }
  }

  /**
   * Reads a version by the letter of Semantic Versioning 2 (semver.StrictNewVersion).
   *
   * @param text such as `1.2.3`
   * @returns the version
   * @throws {SemverError} `version string empty`, `invalid semantic version`, `invalid characters in version`,
   *   `version segment starts with 0`, `invalid prerelease string`, `invalid metadata string`
   */
  static strict (text: string): Version {
    if (text === '') throw new SemverError('invalid-version', 'version string empty')
    checkLength(text)
    const parts = /^([^.]*)\.([^.]*)\.([^+]*)(?:\+(.*))?$/s.exec(text)
    if (parts === null) throw new SemverError('invalid-version', 'invalid semantic version')
    const [, major = '', minor = '', rest = '', metadata] = parts
    if (metadata !== undefined && !identifiers.test(metadata)) throw new SemverError('invalid-version', 'invalid metadata string')
    const hyphen = rest.indexOf('-')
    const prerelease = hyphen < 0 ? '' : rest.slice(hyphen + 1)
    if (hyphen >= 0) checkPrerelease(prerelease, true)
    const numbers = [major, minor, hyphen < 0 ? rest : rest.slice(0, hyphen)]
    for (const number of numbers) checkSegment(number)
    return new Version(text, numbers.map(number => parseSegment(number, '')), { prerelease, metadata: metadata ?? '' })
  }

  /**
   * The order of versions: by their numbers, a pre-release before its release; metadata does not count.
   *
   * @param other another version
   * @returns -1, 0 or 1
   */
  compare (other: Version): number {
    return compareNumbers(this.major, other.major) || compareNumbers(this.minor, other.minor) ||
      compareNumbers(this.patch, other.patch) || comparePrereleases(this.prerelease, other.prerelease)
  }

  /**
   * The version with other labels (semver.Version.SetPrerelease and SetMetadata): it keeps its leading `v`.
   *
   * @param labels either may be empty
   * @returns the version
   * @throws {SemverError} `invalid prerelease string`, `version segment starts with 0`, `invalid metadata string`
   */
  labelled ({ prerelease = this.prerelease, metadata = this.metadata }: { prerelease?: string, metadata?: string }): Version {
    checkPrerelease(prerelease)
    if (metadata !== '' && !identifiers.test(metadata)) throw new SemverError('invalid-version', 'invalid metadata string')
    const labelled = new Version('', [this.major, this.minor, this.patch], { prerelease, metadata })
    return new Version(`${this.original.startsWith('v') ? 'v' : ''}${labelled.toString()}`, [this.major, this.minor, this.patch], { prerelease, metadata })
  }

  /** The version in full, without a leading `v`. */
  toString (): string {
    const prerelease = this.prerelease === '' ? '' : `-${this.prerelease}`
    const metadata = this.metadata === '' ? '' : `+${this.metadata}`
    return `${this.major}.${this.minor}.${this.patch}${prerelease}${metadata}`
  }
}

function checkLength (text: string): void {
  if (byteLength(text) > longestVersion) throw new SemverError('invalid-version', `version string is too long (max ${longestVersion} bytes)`)
}

function parseSegment (text: string, prefix: string): bigint {
  try {
    return parseUint(text, 10)
  } catch (error) {
    if (!(error instanceof StrconvError)) throw error
    throw new SemverError('invalid-version', prefix + error.message, { cause: error })
  }
}

function checkSegment (text: string): void {
  if (/\D/.test(text)) throw new SemverError('invalid-version', 'invalid characters in version')
  if (/^0./.test(text)) throw new SemverError('invalid-version', 'version segment starts with 0')
}

function checkPrerelease (text: string, required = false): void {
  if ((required || text !== '') && !identifiers.test(text)) throw new SemverError('invalid-version', 'invalid prerelease string')
  if (leadingZero.test(text)) throw new SemverError('invalid-version', 'version segment starts with 0')
}

function compareNumbers (a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Part by part: numbers before texts, numbers by value, and the shorter first when one starts with the other. */
function comparePrereleases (a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? 1 : -1
  const left = a.split('.')
  const right = b.split('.')
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i])
    if (order !== 0) return order
  }
  return 0
}

function compareParts (a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1
  if (a === b) return 0
  const left = numberOf(a)
  const right = numberOf(b)
  if (left !== undefined && right !== undefined) return left > right ? 1 : -1
  if (left === undefined && right === undefined) return a > b ? 1 : -1
  return left === undefined ? 1 : -1
}

/** The number that a part is; one beyond 64 bits is a text. */
function numberOf (part: string): bigint | undefined {
  if (!/^\d+$/.test(part)) return undefined
  const value = BigInt(part)
  return value < 2n ** 64n ? value : undefined
}

type Operator = '' | '=' | '!=' | '>' | '<' | '>=' | '=>' | '<=' | '=<' | '~' | '~>' | '^'

/** One comparison; what is missing or a wildcard in its version counts as 0. */
interface Comparison {
  readonly operator: Operator
  readonly version: Version
  /** The first part that is missing or a wildcard. */
  readonly open: 'none' | 'major' | 'minor' | 'patch'
}

/** A group of comparisons that must all hold. */
interface Group {
  readonly comparisons: readonly Comparison[]
  /** Whether one of them names a pre-release: only then may a version be one. */
  readonly prereleases: boolean
}

const longestConstraint = 512
const mostGroups = 32

const versionPattern = String.raw`v?([\d|xX*]+)(\.[\d|xX*]+)?(\.[\d|xX*]+)?(-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?`
const space = String.raw`[\t\n\f\r ]`
const comparisonPattern = new RegExp(`(!=|>=|=>|<=|=<|~>|[=><~^]|)${space}*${versionPattern}`, 'y')
const rangePattern = new RegExp(`${space}*(${versionPattern})${space}+-${space}+(${versionPattern})${space}*`, 'g')
const separator = new RegExp(`${space}*,${space}*|${space}+|$`, 'y')

/** Groups of comparisons, of which one must hold: Masterminds/semver's constraints. */
export class Constraints {
  readonly #groups: readonly Group[]

  private constructor (groups: readonly Group[]) {
    this.#groups = groups
  }

  /**
   * Reads a constraint such as `>=1.2 <2 || ~3.1`.
   *
   * @param text at most 512 bytes, with at most 32 groups between `||`
   * @returns the constraint
   * @throws {SemverError} `improper constraint: "…"`, `constraint parser error`, or one of the limits
   */
  static parse (text: string): Constraints {
    if (byteLength(text) > longestConstraint) throw invalid(`constraint string is too long (max ${longestConstraint} bytes)`)
    const groups = rewriteRanges(text).split('||')
    if (groups.length > mostGroups) throw invalid(`too many constraint groups (max ${mostGroups})`)
    return new Constraints(groups.map(parseGroup))
  }

  /**
   * Whether a version satisfies the constraint.
   *
   * @param version a version
   * @returns true when all comparisons of one group hold
   */
  check (version: Version): boolean {
    return this.#groups.some(group =>
      (version.prerelease === '' || group.prereleases) && group.comparisons.every(comparison => holds(version, comparison)))
  }
}

function invalid (message: string): SemverError {
  return new SemverError('invalid-constraint', message)
}

/** `1.2 - 1.4` is short for `>= 1.2, <= 1.4`. */
function rewriteRanges (text: string): string {
  return text.replace(rangePattern, (...parts: string[]) => `>= ${parts[1] ?? ''}, <= ${parts[6] ?? ''} `)
}

function parseGroup (text: string): Group {
  const comparisons = splitGroup(text).map(parseComparison)
  return { comparisons, prereleases: comparisons.some(({ version }) => version.prerelease !== '') }
}

/** Comparisons one after another; read by hand, since a pattern for the whole would backtrack without bound. */
function splitGroup (text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  let at = text.length - text.replace(/^[\t\n\f\r ]+/, '').length
  while (at < text.length || found.length === 0) {
    comparisonPattern.lastIndex = at
    const parts = comparisonPattern.exec(text)
    separator.lastIndex = comparisonPattern.lastIndex
    const end = parts === null ? null : separator.exec(text)
    const trailingComma = separator.lastIndex === text.length && end?.[0].includes(',') === true
    if (parts === null || end === null || trailingComma) throw invalid(`improper constraint: ${quote(text)}`)
    found.push(parts)
    at = separator.lastIndex
  }
  return found
}

function parseComparison (parts: RegExpExecArray): Comparison {
  const [, operator = '', major = '', minor = '', patch = '', prerelease = ''] = parts
  const open = isWildcard(major) ? 'major' : isWildcard(minor) ? 'minor' : isWildcard(patch) ? 'patch' : 'none'
  try {
    return { operator: operator as Operator, version: Version.parse(closed(open, [major, minor, patch]) + prerelease), open }
  } catch (error) {
    if (!(error instanceof SemverError)) throw error
    throw new SemverError('invalid-constraint', 'constraint parser error', { cause: error })
  }
}

function isWildcard (part: string): boolean {
  return /^\.?[xX*]$|^$/.test(part)
}

function closed (open: Comparison['open'], [major = '', minor = '', patch = '']: readonly string[]): string {
  switch (open) {
    case 'major': return '0.0.0'
    case 'minor': return `${major}.0.0`
    case 'patch': return `${major}${minor}.0`
    case 'none': return `${major}${minor}${patch}`
  }
}

function holds (version: Version, comparison: Comparison): boolean {
  const order = version.compare(comparison.version)
  switch (comparison.operator) {
    case '': case '=': return comparison.open === 'none' ? order === 0 : holdsTilde(version, comparison)
    case '!=': return comparison.open === 'none' ? order !== 0 : differs(version, comparison)
    case '>': return isGreater(version, comparison)
    case '<': return order < 0
    case '>=': case '=>': return order >= 0
    case '<=': case '=<': return comparison.open === 'none' ? order <= 0 : isAtMost(version, comparison)
    case '~': case '~>': return holdsTilde(version, comparison)
    case '^': return holdsCaret(version, comparison)
  }
}

function differs (version: Version, { version: named, open }: Comparison): boolean {
  if (version.major !== named.major) return true
  if (open === 'minor') return false
  if (version.minor !== named.minor) return true
  if (open === 'patch') return version.prerelease !== named.prerelease
  return version.compare(named) !== 0
}

function isGreater (version: Version, { version: named, open }: Comparison): boolean {
  if (open === 'none' || open === 'major') return version.compare(named) > 0
  if (version.major !== named.major) return version.major > named.major
  return open === 'patch' && version.minor > named.minor
}

function isAtMost (version: Version, { version: named, open }: Comparison): boolean {
  if (version.major !== named.major) return version.major < named.major
  return open === 'minor' || version.minor <= named.minor
}

function holdsTilde (version: Version, { version: named, open }: Comparison): boolean {
  if (version.compare(named) < 0) return false
  const zero = named.major === 0n && named.minor === 0n && named.patch === 0n
  if (zero && (open === 'none' || open === 'major')) return true
  return version.major === named.major && (open === 'minor' || version.minor === named.minor)
}

function holdsCaret (version: Version, { version: named, open }: Comparison): boolean {
  if (version.compare(named) < 0) return false
  if (named.major > 0n || open === 'minor') return version.major === named.major
  if (version.major > 0n) return false
  if (named.minor > 0n || open === 'patch') return version.minor === named.minor
  return version.minor === 0n && version.patch === named.patch
}
