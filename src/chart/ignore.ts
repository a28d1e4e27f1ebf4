import { posix } from 'node:path'
import { match } from '../go/path.js'
import { ChartError } from './errors.js'

/** A line of a .helmignore. */
interface Rule {
  /** Whether the pattern matches a path, or its last part. */
  readonly matches: (path: string) => boolean
  readonly negated: boolean
  /** Whether it speaks of folders alone. */
  readonly foldersOnly: boolean
  /** Whether it speaks of the whole path, not of the last part alone. */
  readonly wholePath: boolean
}

/**
 * The rules of a .helmignore (helm.sh/helm/v4 pkg/ignore). They look like git's and are not: `**` is refused, and a rule that starts with `!`
 * ignores everything that it does not match.
 */
export class IgnoreRules {
  readonly #rules: readonly Rule[]

  private constructor (rules: readonly Rule[]) {
    this.#rules = rules
  }

  /**
   * Reads the rules; one that every chart has is added: hidden files in templates/ are ignored.
   *
   * @param text a .helmignore's; empty for none
   * @throws {ChartError} invalid-chart, `double-star (**) syntax is not supported`
   * @throws {BadPatternError} `syntax error in pattern`
   */
  static parse (text: string): IgnoreRules {
    const lines = text.replace(/^\uFEFF/, '').split('\n')
    return new IgnoreRules([...lines, 'templates/.?*'].map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#')).map(parseRule))
  }

  /**
   * Whether a file or folder is left out: the first rule that decides counts.
   *
   * @param path relative to the chart's folder, with `/`
   */
  ignores (path: string, isFolder: boolean): boolean {
    const base = posix.basename(path)
    for (const rule of this.#rules) {
      const matches = rule.matches(rule.wholePath ? path : base)
      if (rule.negated ? (rule.foldersOnly && !isFolder) || !matches : matches && (!rule.foldersOnly || isFolder)) return true
    }
    return false
  }
}

function parseRule (line: string): Rule {
  if (line.includes('**')) throw new ChartError('invalid-chart', 'double-star (**) syntax is not supported')
  // Refuses a bad pattern now, before there is a file to match.
  match(line, 'abc')
  const negated = line.startsWith('!')
  const positive = negated ? line.slice(1) : line
  const foldersOnly = positive.endsWith('/')
  const pattern = foldersOnly ? positive.slice(0, -1) : positive
  return { matches: matcher(pattern.replace(/^\//, '')), negated, foldersOnly, wholePath: pattern.includes('/') }
}

/** Most patterns are names or endings, which need no reading of the pattern for every file. */
function matcher (pattern: string): (path: string) => boolean {
  const ending = pattern.startsWith('*') ? pattern.slice(1) : pattern
  if (/[*?[\\]/.test(ending)) return path => match(pattern, path)
  if (ending === pattern) return path => path === pattern
  return path => path.endsWith(ending) && !path.slice(0, path.length - ending.length).includes('/')
}
