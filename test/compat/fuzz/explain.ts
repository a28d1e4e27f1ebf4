import type { Answer } from './ours.js'

/** A reason why the two may differ: each stands in docs/compatibility.md, or is Helm differing from itself. */
interface Rule {
  readonly name: string
  readonly holds: (ours: Answer, theirs: Answer) => boolean
}

const rules: readonly Rule[] = [
  {
    name: 'a limit of ours',
    holds: ours => /than a template may make|exceeded max(imum)? |nests? more than \d+|nest deeper than/.test(ours.stderr)
  },
  {
    name: 'the lines around a YAML fault, after Helm\'s own words',
    holds: (ours, theirs) => ours.code === theirs.code && ours.stdout === theirs.stdout && ours.stderr.startsWith(theirs.stderr) &&
      /^\n\S+, as rendered/.test(ours.stderr.slice(theirs.stderr.length))
  },
  {
    name: 'the inside of a time, under a verb for numbers or %#v',
    holds: (ours, theirs) => ours.code === 0 && theirs.code === 0 && decoded(ours.stdout).includes('{}') && /time\.Date\(|%!.\(\*time\.Location=|\{[-+ ]*\w+ [-+ ]*\w+ \w+\}/.test(decoded(theirs.stdout))
  },
  {
    name: 'what lies behind the end of a list, within the capacity of a Go slice',
    holds: (ours, theirs) => ours.stderr.includes('reflect.Value.Slice: slice index out of bounds') && !theirs.stderr.includes('reflect.Value.Slice')
  },
  {
    name: 'warnings in another order',
    holds: (ours, theirs) => ours.code === theirs.code && ours.stdout === theirs.stdout && sorted(ours.stderr) === sorted(theirs.stderr)
  }
]

/** The output, with what is in it as base64. */
function decoded (stdout: string): string {
  return stdout.replace(/^(\w+: )([A-Za-z0-9+/=]+)$/gm, (_, name: string, text: string) => name + Buffer.from(text, 'base64').toString())
}

function sorted (text: string): string {
  return text.split('\n').sort().join('\n')
}

/**
 * Why two answers differ, if a rule knows.
 *
 * @param ours our program's
 * @param theirs Helm's
 * @returns the rule's name
 */
export function explain (ours: Answer, theirs: Answer): string | undefined {
  return rules.find(rule => rule.holds(ours, theirs))?.name
}
