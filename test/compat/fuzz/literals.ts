import type { Random } from './random.js'
import type { Type } from './signatures.js'
import { data, dataMap, goString, key, letterText, mutate, number, text } from './texts.js'
import { tomlText } from './toml-text.js'
import { yamlText } from './yaml-text.js'

const layouts = ['2006-01-02', '2006-01-02T15:04:05Z07:00', 'Mon Jan _2 15:04:05 2006', 'Monday, 02-Jan-06 15:04:05 MST', '02 Jan 06 15:04 -0700', '3:04PM', '03:04:05pm', '15:04:05.000', '15:04:05.999999999', '2006 002', 'Jan 2 2006', '__2', '20060102150405', '2006-01-02 15:04:05 -0700 MST', 'Z070000', '-07', '05,000', 'January', 'Janet', '2006-1-2', '06-1-_2', 'Z07', '-07:00:00', 'x2x', '']
const moments = ['2020-01-02', '2020-02-30', '2021-12-31T23:59:60Z', '2020-01-02T03:04:05Z', '2020-01-02T03:04:05+02:00', '1999-12-31', '2024-02-29', '0001-01-01', '9999-12-31', '2020-1-2', 'Thu Jan  2 03:04:05 2020', '3:04PM', 'x', '', '2020-01-02T03:04:05.678Z', '2020-13-01', '20200102030405']
const zones = ['UTC', 'Local', 'Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'EST', 'Etc/GMT+5', 'Nowhere/None', '']
const durations = ['1h', '1h30m', '90s', '-1.5h', '1ms', '100us', '2µs', '1ns', '0', '0s', '+5m', '1h1h', '.5s', '1.s', '1d', '', '-', '1', '9223372036854775807ns', '2562047h47m16.854775807s', '9999999h', '24h', '3600', '1e3s', '720h']
const patterns = ['a', 'a*', 'a+?', '^a', 'b$', '[a-z]+', '[^a-z0-9-]', '\\d+', '\\w+\\s*', '(a)(b)?', '(?P<n>[a-z]+)-(\\d+)', '(?i)abc', '(?m)^.', '(?s).', '(?U)a+', 'a|b|', '\\bfoo', '.', '', 'x{2,3}', '[[:alpha:]]+', '\\p{L}', '\\pN+', '\\Qa.b\\E', '(a|ab)(c|bcd)', '\\x{e9}', '(', 'a**', '[z-a]', '(?=a)', '\\1', 'a{1001}', '(?<y>a)', '[]a]', '[^]', '*', '\\z', '\\C', '(?:a|b)+', '^$', '[\\s\\S]', 'é', '\\pX', '[[:foo:]]', 'a{,2}', 'a{2', '(?i)ſ', '(?P<1>a)', '(?P<n>a)(?P<n>b)', '\\', '[a', '(?z)', ')']
const replacements = ['', 'X', '$1', '$[1]', '$1x', '$[1]x', '$n', '$[n]-$2', '$$', '$0', '$', '$[', '$9', '\\1', '-', 'é'].map(text => text.replace('[', '{').replace(']', '}'))
const versions = ['1.2.3', 'v1.2.3', '1.2', '1', '1.2.3-beta.1', '1.2.3-beta.11', '1.2.3+build', '1.2.3-rc1+x.y', '0.0.0', '0.1.0', '10.20.30', '01.2.3', '1.2.3.4', 'x', '', '1.x', 'v', ' 1.2.3', '1.2.3-', '1.2.3-01', '99999999999999999999.0.0', '18446744073709551615.0.0', 'v1.29.3-gke.100', '1.2.3-é', '2.0.0-0', '1.27.0-alpha']
const constraints = ['^1.2', '~1.2.3', '>=1.0.0', '>= 1.2, < 2', '1.2 - 2.3', '1.x', '*', '', 'x', '!=1.2.3', '=1.2', '=> 1', '>1 || <0.5', '^0.0', '^0', '~1', '~>1.2', '1.2.x', '>=1.2.3-0', '^1.2.3-beta', '<1.2.3-rc1', '> 1.2.3-beta.2', '1.2.3 1.2.4', '>=1.2 <3', '>', '> =1', '1.2 || ', '|| 1', 'a', '^v1', '>=v1.2.3', '1 -2', '1 - ', '=v1', '!1', '^*', '~x', '>x', '<*', '1.2.3+b', '^1.2.3+b', '>=1.29-0']
const urls = ['http://example.com', 'https://user:pass@example.com:8080/a/b?x=1&y=2#z', '/a/b', 'a b', '', '//host/p', 'mailto:a@example.com', 'http://[::1]:80/', 'http://[::1', 'http://a b/', '%zz', 'http://x/%41%2f?%41=%zz#%41', 'http://x:y', 'oci://r.example.com/c:1', '?q', '#f', 'a:b:c', '1:2', 'http://é/é?é', 'http://u@x', 'http://:p@x', ':', 'http:a', 'HTTP://X']
const paths = ['/a/b/c.txt', 'a/../b', '.', '', '..', '/', '//', 'a//b/', './a', '.hidden', 'a.tar.gz', '/../a', 'a/.', 'x.', 'é/日.ü', 'a\\b']
const base64s = ['aGVsbG8=', 'aGVsbG8', '', '!', 'YQ==', 'YWI=', 'YWJj', '////', '-_-_', 'YQ==\n', 'NBSWY3DP', 'ME======', 'ME', '/w==']
const kinds = ['string', 'int', 'float64', 'bool', 'slice', 'map', 'invalid', 'int64', 'ptr', 'struct']
const typeNames = ['string', 'int', 'float64', 'bool', '[]interface {}', 'map[string]interface {}', '<nil>', 'int64', 'time.Time', '*semver.Version', 'semver.Version', '[]string', 'map[string]string']

/** A literal of a type, or what comes close to one. */
export function literal (random: Random, type: Type): string {
  switch (type) {
    case 'any': return random.chance(0.03) ? random.pick(['1i', '-2.5i', '0i', '1e3i']) : literal(random, random.pick<Type>(['int', 'float', 'string', 'string', 'bool', 'list', 'dict']))
    case 'int': return intLiteral(random)
    case 'float': return floatLiteral(random)
    case 'number': return random.chance(0.5) ? intLiteral(random) : floatLiteral(random)
    case 'small': return String(random.chance(0.8) ? random.between(-1, 8) : random.between(-20, 90))
    case 'bool': return random.pick(['true', 'false'])
    case 'list': return `(list ${random.times(0, 4, () => random.chance(0.1) ? 'nil' : literal(random, random.pick<Type>(['int', 'string', 'string', 'bool', 'float']))).join(' ')})`
    case 'dict': return `(dict ${random.times(0, 3, () => `${goString(key(random))} ${literal(random, random.pick<Type>(['int', 'string', 'bool', 'float']))}`).join(' ')})`
    case 'time': case 'certainTime': return timeLiteral(random)
    case 'duration': return `(mustToDuration ${goString(random.pick(durations))})`
    default: return textLiteral(random, textOf(random, type))
  }
}

function timeLiteral (random: Random): string {
  if (random.chance(0.5)) return `(toDate "2006-01-02T15:04:05Z07:00" ${goString(random.pick(['2020-01-02T03:04:05Z', '1969-12-31T23:59:59Z', '2024-02-29T12:00:00+05:30', '2021-06-15T18:30:45.123456789-07:00', '9999-12-31T23:59:59Z']))})`
  return `(toDate "2006-01-02" ${goString(random.pick(moments))})`
}

function intLiteral (random: Random): string {
  if (random.chance(0.6)) return String(random.between(-3, 12))
  return random.pick(['0', '1', '-1', '0x1F', '0b101', '0o17', '017', '1_000', '\'a\'', '\'\\n\'', '\'é\'', '1000000', '9223372036854775807', '-9223372036854775808', '+3', '2147483648', '0xFFFFFFFF', '1e3'])
}

function floatLiteral (random: Random): string {
  if (random.chance(0.6)) return String((random.int(2001) - 1000) / random.pick([10, 100, 8, 3])).replace(/^(-?\d+)$/, '$1.0')
  return random.pick(['0.1', '-2.5', '2.5', '1e6', '1e21', '1e-7', '.5', '5.', '0x1p4', '1_0.5', '1e100', '3.0', '100000.0', '1000000.0', '123456789.125', '1E3', '0x1.8p1', '-0.0', '0.000001'])
}

/** A text as an interpreted literal, or sometimes as a raw one. */
export function textLiteral (random: Random, value: string): string {
  return random.chance(0.2) && !/[`\r\ufeff\u0000]/.test(value) ? `\`${value}\`` : goString(value)
}

/** A text of one sort; a text of any sort for the other types. */
export function textOf (random: Random, type: Type): string {
  switch (type) {
    case 'layout': return random.chance(0.2) ? letterText(random) : random.chance(0.2) ? random.pick(layouts) + random.pick(['', ' ', 'T', '.', 'a']) + random.pick(layouts) : random.pick(layouts)
    case 'zone': return random.pick(zones)
    case 'pattern': return random.chance(0.7) ? random.pick(patterns) : mutate(random, random.pick(patterns) + random.pick(patterns), ['a', '(', ')', '|', '*', '+?', '[', ']', '\\', '^', '$', '{2}', '.', '-', '?', ':'])
    case 'replacement': return random.pick(replacements)
    case 'constraint': return random.chance(0.7) ? random.pick(constraints) : mutate(random, random.pick(constraints), ['>', '<', '=', '~', '^', '.', 'x', '*', '-', ' ', ',', '|', '1', 'v', 'a', '+'])
    case 'version': return random.chance(0.8) ? random.pick(versions) : mutate(random, random.pick(versions), ['.', '-', '+', '0', '1', 'v', 'x', ' '])
    case 'jsonText': return jsonText(random)
    case 'yamlText': return yamlText(random)
    case 'tomlText': return tomlText(random)
    case 'base64': return random.chance(0.8) ? random.pick(base64s) : text(random)
    case 'url': return random.chance(0.8) ? random.pick(urls) : mutate(random, random.pick(urls), ['/', ':', '?', '#', '@', '%', '%20', '[', ']', ' ', 'a', '&', '='])
    case 'path': return random.chance(0.8) ? random.pick(paths) : text(random)
    case 'durationText': return random.chance(0.9) ? random.pick(durations) : mutate(random, random.pick(durations), ['1', 'h', 'm', 's', '.', '-', 'us', ' '])
    case 'format': return format(random)
    case 'key': return key(random)
    case 'kind': return random.pick(kinds)
    case 'typeName': return random.pick(typeNames)
    case 'template': return random.pick(['{{ . }}', '{{ .a }}', 'x', '', '{{ . | toJson }}', '{{ len . }}', '{{ .Values.m.a }}', '{{ index . 0 }}', '{{ range . }}{{ . }},{{ end }}', '{{ define "q" }}Q{{ . }}{{ end }}{{ template "q" . }}', '{{ nope }}', '{{ if }}', '{{ $x := . }}{{ $x }}', '{{ tpl "{{ . }}" . }}', '{{- . -}} y', '{{/* c */}}', '{{ fail "f" }}', '{{ .nope.nope }}'])
    default: return text(random)
  }
}

/** JSON, rarely with a slip of the hand. */
export function jsonText (random: Random): string {
  const written = random.chance(0.8) ? JSON.stringify(random.chance(0.5) ? dataMap(random, 2) : data(random, 3), null, random.pick([0, 0, 2])) : String(number(random))
  return random.chance(0.75) ? written : mutate(random, written, ['{', '}', '[', ']', ',', ':', '"', '\\', '\\u00e9', '\\ud83d', 'null', 'true', 'tru', '1', '-', '.', 'e', '0', ' ', '\n', '\t', '/', 'é', 'NaN', '\\x'])
}

/** A format for printf: any verb, flags, widths; rarely broken. */
export function format (random: Random): string {
  return random.times(0, 3, () => `${random.pick(['', 'a', ' ', '%%', 'é'])}%${random.times(0, 2, () => random.pick(['+', '-', '#', ' ', '0'])).join('')}${random.pick(['', '', '', '5', '12', '*', '[1]', '[2]', '[1]*'])}${random.pick(['', '', '', '.2', '.0', '.', '.*', '.10', '.[1]*'])}${random.pick(Array.from('vvvvvTtdbcoOqxXUeEfFgGssssszpwiu!% '))}`).join('')
}
