import { anyCall, call, exampleValues, expression } from '../expressions.js'
import { format, jsonText, textLiteral, textOf } from '../literals.js'
import type { Random } from '../random.js'
import { signatures } from '../signatures.js'
import { data, json, text } from '../texts.js'
import { tomlText } from '../toml-text.js'
import type { Family } from '../trial.js'
import { yamlText } from '../yaml-text.js'

/** Functions that have a family of their own here would be tried too seldom among two hundred. */
function family (name: string, weight: number, generate: (random: Random) => string): Family {
  return { name, weight, generate: random => ({ kind: 'template', family: name, template: generate(random), values: exampleValues(random) }) }
}

/** The text of one sort as a Go literal. */
function literalOf (random: Random, type: Parameters<typeof textOf>[1]): string {
  return textLiteral(random, textOf(random, type))
}

function shown (random: Random, expression: string): string {
  return random.pick([`{{ ${expression} }}`, `{{ ${expression} }}`, `{{ ${expression} | toJson }}`, `{{ ${expression} | printf "%#v" }}`, `{{ ${expression} | typeOf }}`, `{{ ${expression} | quote }}`, `{{ ${expression} | toYaml }}`])
}

function read (random: Random, name: string, source: string): string {
  return `{{ ${name} ${textLiteral(random, source)} | ${random.pick(['toJson', 'toJson', 'printf "%v"', 'toYaml', 'printf "%#v"', 'toToml'])} }}`
}

function written (random: Random): string {
  const name = random.pick(['toYaml', 'toYaml', 'toYamlPretty', 'toJson', 'toPrettyJson', 'toRawJson', 'toToml', 'quote', 'toString', 'printf "%#v"', 'printf "%q"'])
  return `{{ fromJson ${textLiteral(random, json({ a: random.chance(0.5) ? text(random) : data(random, 4) }))}${random.pick(['', '', '.a'].map(field => field)) === '.a' ? ' | dig "a" ""' : ''} | ${name} }}`
}

function semver (random: Random): string {
  return random.chance(0.8)
    ? `{{ semverCompare ${literalOf(random, 'constraint')} ${literalOf(random, 'version')} }}`
    : `{{ $v := semver ${literalOf(random, 'version')} }}{{ $v }} {{ $v.Major }}.{{ $v.Minor }}.{{ $v.Patch }} {{ $v.Prerelease }} {{ $v.Metadata }} {{ $v.Original }} {{ $v.Compare (semver ${literalOf(random, 'version')}) }}`
}

function dates (random: Random): string {
  const time = `(toDate ${literalOf(random, 'layout')} ${textLiteral(random, textOf(random, 'layout').replace(/[a-z]/g, 'a'))})`
  return random.pick([
    `{{ date ${literalOf(random, 'layout')} ${expression(random, 'time', { depth: 1, variables: [] })} }}`,
    `{{ dateInZone ${literalOf(random, 'layout')} ${expression(random, 'time', { depth: 1, variables: [] })} ${literalOf(random, 'zone')} }}`,
    `{{ ${time} }} {{ unixEpoch ${time} }}`,
    `{{ toDate ${literalOf(random, 'layout')} (date ${literalOf(random, 'layout')} ${expression(random, 'time', { depth: 0, variables: [] })}) }}`,
    `{{ duration ${literalOf(random, 'durationText')} }} {{ durationRound ${literalOf(random, 'durationText')} }} {{ durationSeconds ${literalOf(random, 'durationText')} }}`,
    `{{ mustDateModify ${literalOf(random, 'durationText')} ${expression(random, 'time', { depth: 0, variables: [] })} }}`
  ])
}

function regexps (random: Random): string {
  const pattern = literalOf(random, 'pattern')
  const subject = textLiteral(random, random.chance(0.5) ? text(random) : random.pick(['abc', 'aaa', 'baab', 'foo-12 bar-34', 'abcd\nabc', 'ABC é', 'a1b2', '']))
  return random.pick([
    `{{ regexMatch ${pattern} ${subject} }} {{ mustRegexMatch ${pattern} ${subject} }}`,
    `{{ regexFindAll ${pattern} ${subject} ${random.between(-1, 3)} | toJson }}`,
    `{{ regexFind ${pattern} ${subject} | quote }}`,
    `{{ regexReplaceAll ${pattern} ${subject} ${literalOf(random, 'replacement')} | quote }}`,
    `{{ regexReplaceAllLiteral ${pattern} ${subject} ${literalOf(random, 'replacement')} | quote }}`,
    `{{ regexSplit ${pattern} ${subject} ${random.between(-1, 3)} | toJson }}`
  ])
}

function printf (random: Random): string {
  return `{{ printf ${textLiteral(random, format(random))} ${random.times(0, 3, () => expression(random, random.pick(['int', 'float', 'string', 'any', 'bool', 'list', 'dict', 'time']), { depth: 1, variables: [] })).join(' ')} }}`
}

/** Every function with arguments of every kind; and what has a grammar of its own. */
export const functionFamilies: readonly Family[] = [
  family('functions', 30, random => shown(random, call(random, random.pick(signatures), { depth: random.pick([0, 0, 1, 2]), variables: [] }).replace(/^(.* \| .*)$/s, '($1)'))),
  family('calls', 6, random => `{{ ${anyCall(random, { depth: 3, variables: [] }).text} }}`),
  family('printf', 8, printf),
  family('yaml', 16, random => read(random, random.pick(['fromYaml', 'fromYaml', 'fromYaml', 'fromYamlArray']), yamlText(random))),
  family('emit', 12, written),
  family('json', 6, random => read(random, random.pick(['fromJson', 'fromJson', 'fromJsonArray', 'mustFromJson']), jsonText(random))),
  family('semver', 5, semver),
  family('dates', 5, dates),
  family('regexps', 6, regexps),
  family('toml', 5, random => read(random, 'fromToml', tomlText(random)))
]
