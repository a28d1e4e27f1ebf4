import type { Answer } from './ours.js'
import type { Trial } from './trial.js'

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
    name: 'addresses, which are others in each run of Helm',
    holds: (ours, theirs) => ours.code === theirs.code && fits(decoded(ours.stdout), decoded(theirs.stdout), addresses) && fits(ours.stderr, theirs.stderr, addresses)
  },
  {
    name: 'HelmVersion, which is the build\'s',
    holds: (ours, theirs) => ours.code === theirs.code && fits(decoded(ours.stdout), decoded(theirs.stdout), builds) && ours.stderr === theirs.stderr
  },
  {
    name: 'what lies behind the end of a list, within the capacity of a Go slice',
    holds: (ours, theirs) => ours.stderr.includes('reflect.Value.Slice: slice index out of bounds') && !theirs.stderr.includes('reflect.Value.Slice')
  },
  {
    name: 'which of several broken sub-charts is named: Helm takes them in random order',
    holds: (ours, theirs) => ours.code === theirs.code && ours.stdout === theirs.stdout && ours.stderr !== theirs.stderr && beforeSubchart(ours.stderr) !== undefined &&
      beforeSubchart(ours.stderr) === beforeSubchart(theirs.stderr) && brokenSubchart(ours.stderr) !== brokenSubchart(theirs.stderr)
  },
  {
    name: 'warnings in another order',
    holds: (ours, theirs) => ours.code === theirs.code && ours.stdout === theirs.stdout && sorted(ours.stderr) === sorted(theirs.stderr)
  }
]

const unpacking = /error unpacking subchart (\S+) in (\S+): /

/** What stands before a sub-chart's name in the error of loading it, and its parent's name. */
function beforeSubchart (stderr: string): string | undefined {
  const found = unpacking.exec(stderr)
  return found === null ? undefined : `${stderr.slice(0, found.index)} ${found[2] ?? ''}`
}

function brokenSubchart (stderr: string): string | undefined {
  return unpacking.exec(stderr)?.[1]
}

/** Parts of our output in whose place Helm may have others. */
interface Mask {
  /** One group, the part. */
  readonly ours: RegExp
  /** How Helm's looks there, as a regular expression. */
  readonly theirs: (part: string) => string
}

/** Our one address, as `%v`, `%d`, `%o` and `%b` print it, with what pads it. */
const addresses: Mask = {
  ours: /( *(?:(?:0x)?c000000000|824633720832|14000000000000|110{38}) *)/i,
  theirs: part => ` *${anyAddress(part.trim())} *`
}

/** Version, commit and state of the tree, where all of .Capabilities is printed: a Helm that Go built from its module has but the first, and less of it. */
const builds: Mask = { ours: /( *v4\.3\.1 +clean +)(?=go1\.)/, theirs: () => ' *v4\\.3 +' }

/** Whether Helm's text is ours with others in place of the parts. */
function fits (ours: string, theirs: string, mask: Mask): boolean {
  if (ours === theirs) return true
  const parts = ours.split(mask.ours)
  const pattern = parts.map((part, index) => index % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : mask.theirs(part))
  return parts.length > 1 && new RegExp(`^${pattern.join('')}$`).test(theirs)
}

/** How another address looks where ours stands: in the same base and case, with the same prefix. */
function anyAddress (ours: string): string {
  if (ours.startsWith('8')) return '\\d{7,15}'
  if (ours.startsWith('14')) return '[0-7]{8,16}'
  if (ours.startsWith('11')) return '[01]{20,48}'
  return `${ours.slice(0, -'c000000000'.length)}[0-9${ours.endsWith('C000000000') ? 'A-F' : 'a-f'}]{6,12}`
}

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

/** A zone whose offset before 1908 depends on the edition of the tz database: fixed in the older ones, that of Panama in the newer ones. */
const zoneLiteral = /(["`])EST\1/g

/**
 * A trial in a zone that all editions of the tz database agree on: when it shows no difference, the edition was what differed.
 *
 * @param trial what showed one
 * @returns the same with another zone; undefined when it names no zone that depends on the edition
 */
export function inSteadyZone (trial: Trial): Trial | undefined {
  const steady = (text: string): string => text.replace(zoneLiteral, '$1Etc/GMT+5$1')
  if (trial.kind === 'template') {
    const template = steady(trial.template)
    return template === trial.template ? undefined : { ...trial, template }
  }
  const files = Object.fromEntries(Object.entries(trial.files).map(([name, text]) => [name, steady(text)]))
  return Object.entries(files).some(([name, text]) => text !== trial.files[name]) ? { ...trial, files } : undefined
}
