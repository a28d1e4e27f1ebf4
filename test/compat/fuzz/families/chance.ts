import { expression, exampleValues } from '../expressions.js'
import { literal, textLiteral, textOf } from '../literals.js'
import type { Random } from '../random.js'
import type { Type } from '../signatures.js'
import { dataMap, json } from '../texts.js'
import type { Family } from '../trial.js'

/** A PEM key that is none, and what else a key may be. */
const keys = ['"x"', '""', '`-----BEGIN X-----\nAAAA\n-----END X-----\n`', '`-----BEGIN X PRIVATE KEY-----\n-----END X PRIVATE KEY-----`', '(genPrivateKey "ecdsa")', '(genPrivateKey "ed25519")']

const hostNames = ['"example.com"', '""', '"a b"', '"*.example.com"', '"é.example.com"']
const addresses = ['nil', '(list)', '(list "127.0.0.1")', '(list "::1" "10.0.0.1")', '(list "x")', '(list "")', '(list 1)', '"127.0.0.1"', '(list "10.0.0.256")']
const dnsNames = ['nil', '(list)', '(list "a.example.com")', '(list "a" "b")', '(list "é")', '(list 1)', '(list "")', '"a"']

function argument (random: Random, type: Type): string {
  return expression(random, type, { depth: 1, variables: [] })
}

/** What a template may tell of a result that is another each time. */
function told (random: Random, call: string): string {
  return random.pick([`{{ ${call} | len }}`, `{{ typeOf (${call}) }}`, `{{ kindOf (${call}) }}`, `{{ ${call} | empty }}`, `{{ regexMatch "^[a-zA-Z0-9]*$" (toString (${call})) }}`])
}

function randomText (random: Random): string {
  const count = random.chance(0.8) ? String(random.between(-1, 40)) : argument(random, 'any')
  const name = random.pick(['randAlphaNum', 'randAlpha', 'randNumeric', 'randAscii', 'randBytes'])
  return random.pick([
    told(random, `${name} ${count}`),
    `{{ regexMatch "^[0-9]*$" (randNumeric ${count}) }} {{ regexMatch "^[A-Za-z]*$" (randAlpha ${count}) }}`,
    `{{ len (b64dec (randBytes ${count})) }}`,
    told(random, 'uuidv4'),
    '{{ regexMatch "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" uuidv4 }}',
    `{{ $n := randInt ${argument(random, 'small')} ${random.chance(0.8) ? String(random.between(90, 200)) : argument(random, 'small')} }}{{ and (ge $n -20) (lt $n 200) }} {{ typeOf $n }}`,
    `{{ $s := ${argument(random, 'string')} }}{{ len (shuffle $s) }} {{ eq (sortAlpha (splitList "" $s)) (sortAlpha (splitList "" (shuffle $s))) | toString }}`,
    `{{ shuffle ${argument(random, 'any')} | len }}`
  ])
}

function clocks (random: Random): string {
  return random.pick([
    told(random, 'now'), `{{ now | date ${textLiteral(random, textOf(random, 'layout'))} | kindOf }}`, '{{ typeOf now }} {{ (now.Sub now).Hours | int }} {{ now.Year | kindOf }}',
    `{{ ago ${argument(random, 'time')} | regexMatch "h.*m.*s$" }}`, `{{ ago ${argument(random, 'any')} | kindOf }}`, `{{ durationRound ${argument(random, 'time')} | trimSuffix "y" | atoi | kindOf }}`,
    `{{ dateModify ${textLiteral(random, textOf(random, 'durationText'))} now | kindOf }}`, '{{ htmlDate now | len }} {{ htmlDateInZone now "UTC" | len }} {{ unixEpoch now | len }}', '{{ printf "%T" now }} {{ now | toJson | kindOf }}',
    `{{ date "2006" ${argument(random, 'any')} | len }}`
  ])
}

function secrets (random: Random): string {
  const text = argument(random, 'string')
  const password = argument(random, 'string')
  return random.pick([
    `{{ len (bcrypt ${text}) }} {{ bcrypt ${text} | trunc 7 }}`, `{{ bcrypt ${argument(random, 'any')} | kindOf }}`,
    `{{ htpasswd ${text} ${password} | len }}`, `{{ htpasswd ${random.pick(['"a:b"', '"a"', '""', text])} ${password} | regexMatch "^[^:]*:\\\\$2a\\\\$10\\\\$" }}`,
    `{{ derivePassword ${random.between(0, 3)} ${random.pick(['"long"', '"maximum"', '"medium"', '"short"', '"basic"', '"pin"', '"x"', '""'])} ${password} ${text} "example.com" }}`,
    `{{ ${text} | encryptAES ${password} | decryptAES ${password} }}`, `{{ encryptAES ${password} ${text} | b64dec | len }}`,
    `{{ decryptAES ${password} ${random.pick([textLiteral(random, textOf(random, 'base64')), text, '"30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ="'])} }}`
  ])
}

function certificates (random: Random): string {
  const name = random.pick(hostNames)
  const days = random.chance(0.9) ? String(random.between(-1, 400)) : argument(random, 'any')
  const names = `${random.pick(addresses)} ${random.pick(dnsNames)}`
  const key = random.pick(keys)
  const authority = random.chance(0.85) ? `(genCAWithKey "ca" 365 (genPrivateKey "${random.pick(['ecdsa', 'ed25519'])}"))` : random.pick(['"x"', 'nil', '(dict)', '(semver "1.2.3")'])
  const shown = random.pick(['.Cert | trunc 27 }}', '.Key | trunc 20 }}', '.Cert | splitList "\\n" | last | len }}', '.Nope }}', ' | kindOf }}', ' | typeOf }}'])
  return random.pick([
    `{{ (genCAWithKey ${name} ${days} ${key})${shown}`, `{{ (genSelfSignedCertWithKey ${name} ${names} ${days} ${key})${shown}`,
    `{{ (genSignedCertWithKey ${name} ${names} ${days} ${authority} ${key})${shown}`,
    `{{ (buildCustomCert ${textLiteral(random, textOf(random, 'base64'))} ${textLiteral(random, textOf(random, 'base64'))})${shown}`,
    `{{ $ca := ${authority} }}{{ (buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key)).Cert | eq $ca.Cert }}`,
    `{{ genPrivateKey ${random.pick(['"ecdsa"', '"ed25519"', '"dsa"', '""', '"x"', argument(random, 'any')])} | trunc 20 }}`,
    `{{ ${random.pick([`genCA ${name}`, `genSelfSignedCert ${name} (list "x") nil`, `genSignedCert ${name} ${random.pick(addresses)} (list 1)`])} ${argument(random, 'any')} ${random.chance(0.5) ? '' : authority} }}`
  ])
}

function unordered (random: Random): string {
  const map = random.chance(0.5) ? argument(random, 'dict') : `(fromJson ${textLiteral(random, json(dataMap(random, 2)))})`
  return random.pick([
    `{{ keys ${map} | sortAlpha | toJson }}`, `{{ keys ${map} ${argument(random, 'dict')} | sortAlpha }}`, `{{ values ${map} | len }}`, `{{ keys ${argument(random, 'any')} | len }}`,
    `{{ values ${argument(random, 'any')} | kindOf }}`, `{{ keys ${map} | typeOf }} {{ values ${map} | typeOf }}`, `{{ $m := ${map} }}{{ eq (len $m) (len (keys $m)) (len (values $m)) }}`,
    `{{ range keys ${map} | sortAlpha }}{{ . }},{{ end }}`, `{{ values (dict "a" ${argument(random, 'any')}) | toJson }}`
  ])
}

const methods: ReadonlyArray<readonly [of: Type | 'version', names: readonly string[]]> = [
  ['time', ['String', 'Format "Jan 2 2006 -0700"', 'Unix', 'UnixMilli', 'UnixMicro', 'UnixNano', 'Year', 'Month', 'Weekday', 'Day', 'YearDay', 'Hour', 'Minute', 'Second', 'Nanosecond', 'IsZero', 'UTC', 'Add 5', 'Add (mustToDuration "90m")', 'AddDate 1 -2 30', 'AddDate 0 1 0', 'Sub', 'Before', 'After', 'Equal', 'Compare', 'Location', 'GoString', 'Truncate (mustToDuration "24h")', 'Round (mustToDuration "1h")', 'Nope', 'Month.String', 'Weekday.String', 'Location.String', 'UTC.Location', 'Format 1', 'AddDate 1', 'Truncate', 'MarshalText', 'MarshalJSON', 'wall', 'loc']],
  ['duration', ['String', 'Seconds', 'Minutes', 'Hours', 'Milliseconds', 'Microseconds', 'Nanoseconds', 'Round 60000000000', 'Truncate 3600000000000', 'Round', 'Abs', 'Nope']],
  ['version', ['String', 'Original', 'Major', 'Minor', 'Patch', 'Prerelease', 'Metadata', 'IncPatch', 'IncMinor', 'IncMajor', 'SetPrerelease "beta.1"', 'SetPrerelease "b_"', 'SetMetadata "x.y"', 'SetPrerelease "01"', 'SetPrerelease ""', 'SetMetadata "a..b"', 'SetPrerelease "a+b"', 'Compare', 'Equal', 'LessThan', 'GreaterThan', 'LessThanEqual', 'GreaterThanEqual', 'Nope', 'IncPatch.String', 'IncPatch.Original', 'IncMinor.Compare', 'IncMajor.Major', 'major', 'MarshalJSON', 'MarshalText', 'Value']]
]

/** Methods of the few values that have some; those that want another of their kind get one, or something else. */
function methodCalls (random: Random): string {
  const [of, names] = random.pick(methods)
  const one = (): string => of === 'version' ? `(semver ${textLiteral(random, textOf(random, 'version'))})` : literal(random, of)
  const name = random.pick(names)
  const other = /^(Sub|Before|After|Equal|Compare|LessThan|GreaterThan|LessThanEqual|GreaterThanEqual)$/.test(name) ? ` ${random.chance(0.9) ? one() : argument(random, 'any')}` : ''
  return `{{ $v := ${one()} }}{{ $v.${name}${other} ${random.pick(['', '', '', '| kindOf ', '| typeOf ', '| toJson ', '| printf "%#v" ', '| printf "%d" '])}}}`
}

const objects = ['.Capabilities.APIVersions', '.Capabilities.KubeVersion', '.Capabilities.KubeVersion.Major', '.Capabilities.KubeVersion.GitVersion', '.Capabilities.Nope', '.Chart', '.Chart.Maintainers', '.Chart.Version', '.Chart.Nope', '.Chart.Annotations', '.Release', '.Release.Revision', '.Release.IsInstall', '.Release.Service', '.Release.Nope', '.Template', '.Template.BasePath', '.Files', '.Subcharts', '.Values', '(.Capabilities.APIVersions.Has "v1")', '(.Capabilities.APIVersions.Has "apps/v1/Deployment")', '(.Capabilities.APIVersions.Has "nope/v1")', '(.Capabilities.APIVersions.Has 1)', '(.Files.Get "nope")', '(.Files.Glob "*")', '(.Files.Lines "nope")', '.Files.AsConfig', '.Files.AsSecrets', '(index .Capabilities.APIVersions 0)', '(has "v1" .Capabilities.APIVersions)', '(first .Capabilities.APIVersions)', '.Capabilities.KubeVersion.String', '.Chart.Name', '.Chart.IsRoot', '.Chart.Keywords']

function builtIn (random: Random): string {
  const object = random.pick(objects)
  return random.pick([`{{ ${object} }}`, `{{ ${object} | typeOf }}`, `{{ ${object} | kindOf }}`, `{{ ${object} | toJson | trunc 300 }}`, `{{ ${object} | len }}`, `{{ with ${object} }}{{ kindOf . }}{{ else }}none{{ end }}`, `{{ range ${object} }}{{ kindOf . }},{{ end }}`, `{{ printf "%v" ${object} | trunc 300 }}`, `{{ ${object} | printf "%T" }}`, `{{ eq ${object} ${random.pick(objects)} }}`, `{{ not ${object} }}`, `{{ default "d" ${object} | typeOf }}`, `{{ hasKey ${object} "Name" }}`, `{{ get ${object} "Name" }}`, `{{ toYaml ${object} | len }}`, `{{ ${object}.Name }}`, `{{ call ${object} ${argument(random, 'any')} }}`, `{{ ${object} "x" }}`, `{{ deepCopy ${object} | typeOf }}`, `{{ deepEqual ${object} ${object} }}`])
}

function family (name: string, weight: number, generate: (random: Random) => string): Family {
  return { name, weight, generate: random => ({ kind: 'template', family: name, template: generate(random), values: exampleValues(random) }) }
}

/** Functions that give something else each time, by what stays the same; methods; and the objects of Helm. */
export const chanceFamilies: readonly Family[] = [
  family('chance', 4, random => random.chance(0.6) ? randomText(random) : clocks(random)),
  family('secrets', 1, random => random.chance(0.5) ? secrets(random) : certificates(random)),
  family('unordered', 3, unordered),
  family('methods', 4, methodCalls),
  family('objects', 4, builtIn)
]
