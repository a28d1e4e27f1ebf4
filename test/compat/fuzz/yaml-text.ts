import type { Random } from './random.js'
import { json, mutate, number, text, word } from './texts.js'

const inserts = ['- ', ': ', ':', '#', ' #', '  ', '\t', '\n', '[', ']', '{', '}', ',', '&a ', '*a', '!!str ', '! ', '|', '>', '|-', '>+', '\'', '"', '%', '@', '`', '---\n', '...\n', '? ', '<<: ', '=', '\\', 'é', '\r', '\r\n', '\u0085', '\u2028', '\ufeff', '~', '0', 'y', '!!binary ', '!<x> ', '\u0007']

/** YAML as people write it, and as nobody should; sometimes with slips of the hand. */
export function yamlText (random: Random): string {
  const written = random.chance(0.85) ? mapping(random, 3, 0) : random.chance(0.5) ? sequence(random, 2, 0) : `${scalar(random)}\n`
  const documents = random.chance(0.06) ? `${random.pick(['---\n', ''])}${written}${random.pick(['---\n', '...\n', '--- \n', '---\n---\n'])}${mapping(random, 1, 0)}` : written
  const headed = random.chance(0.05) ? random.pick(['---\n', '%YAML 1.1\n---\n', '# c\n', '\n\n', '\ufeff', '--- # c\n', '%TAG ! tag:x,2000:\n---\n']) + documents : documents
  return random.chance(0.25) ? mutate(random, headed, inserts) : headed
}

/** A block mapping at a column. */
export function mapping (random: Random, depth: number, indent: number): string {
  const pad = ' '.repeat(indent)
  const anchored: string[] = []
  return random.times(1, 4, index => {
    const name = mapKey(random, index)
    const comment = random.chance(0.05) ? ` # ${text(random).replace(/[^ -~é]/g, '')}` : ''
    if (anchored.length > 0 && random.chance(0.15)) return `${pad}${random.chance(0.5) ? '<<' : name}: ${random.pick([...anchored.map(anchor => `*${anchor}`), `[*${anchored[0] ?? ''}]`])}\n`
    if (depth > 0 && random.chance(0.35)) {
      const anchor = random.chance(0.15) ? ` &x${indent}${index}` : ''
      if (anchor !== '') anchored.push(anchor.slice(2))
      const step = random.pick([1, 2, 2, 2, 4])
      return `${pad}${name}:${anchor}${comment}\n${random.chance(0.5) ? mapping(random, depth - 1, indent + step) : sequence(random, depth - 1, indent + random.pick([0, 2]))}`
    }
    return random.chance(0.15) ? `${pad}${name}: ${block(random, indent)}` : `${pad}${name}:${random.pick([' ', ' ', ' ', '  '])}${flow(random, depth)}${comment}\n`
  }).join('')
}

function mapKey (random: Random, index: number): string {
  if (random.chance(0.75)) return `${word(random)}${index}`
  return random.pick(['y', 'yes', 'on', 'No', '1', '1.5', '~', 'null', '"a b"', '\'it\'\'s\'', '? a\n', '0x1F', '.5', '2020-01-02', 'a b', 'a.b/c-d', 'é', '-1', '""', '<<', '=', '[a]', '{a: 1}', '1e3', '!!str 1', '&k a', '12:30', '"\\u00e9"', 'true', '-', '?', '010'])
}

function sequence (random: Random, depth: number, indent: number): string {
  const pad = ' '.repeat(indent)
  return random.times(1, 3, () => {
    if (depth > 0 && random.chance(0.3)) return `${pad}- ${mapping(random, depth - 1, indent + 2).slice(indent + 2)}`
    if (depth > 0 && random.chance(0.15)) return `${pad}- ${sequence(random, depth - 1, indent + 2).slice(indent + 2)}`
    return random.chance(0.1) ? `${pad}- ${block(random, indent)}` : `${pad}-${random.pick([' ', ' ', '   '])}${flow(random, depth)}\n`
  }).join('')
}

function flow (random: Random, depth: number): string {
  if (depth <= 0 || random.chance(0.8)) return scalar(random)
  const parts = random.times(0, 3, () => flow(random, depth - 1))
  const end = random.chance(0.1) ? ',' : ''
  return random.chance(0.5) ? `[${parts.join(random.pick([', ', ',', ' ,\n   ']))}${end}]` : `{${parts.map(part => `${random.pick(['a', 'b', '"c"', 'd e', 'y', '1'])}${random.pick([': ', ': ', ': ', ':'])}${part}`).join(', ')}${end}}`
}

function scalar (random: Random): string {
  const choice = random.int(12)
  if (choice < 4) return plain(random)
  if (choice < 5) return String(number(random))
  if (choice < 6) return json(text(random))
  if (choice < 7) return `'${text(random).replaceAll('\'', '\'\'').replace(/[\u0000-\u0008\u007f]/g, '')}'`
  if (choice < 8) return `"${random.times(0, 5, () => random.pick(['a', ' ', '\\n', '\\t', '\\"', '\\\\', '\\x41', '\\u00e9', '\\U0001F600', '\\e', '\\0', '\\ ', '\\\n   ', '\n  ', '\n\n  ', '\\L', '\\P', '\\_', '\\N', '\\/', 'é', '#', ': ', '\\a'])).join('')}"`
  if (choice < 9) return random.pick(['!!str 1', '!!int "1"', '!!float 1', '!!bool "yes"', '!!null ""', '!!binary aGk=', '!foo x', '!!str', '!!int x', '&q x', '!!timestamp 2020-01-02', '!!seq []', '!!map {}', '! 1', '!!float 1.5', '!!str yes', '!!int 0x1F', '!!bool no', '!!set {a}', '!<tag:yaml.org,2002:str> 1'])
  if (choice < 10) return `${plain(random)}\n${' '.repeat(random.pick([3, 5, 9]))}${plain(random)}`
  return text(random).split('\n')[0]?.replace(/[\u0000-\u0008\u007f]/g, '') ?? ''
}

function plain (random: Random): string {
  return random.pick(['a', 'web', 'nginx:1.2', 'yes', 'No', 'on', 'OFF', 'y', 'n', 'true', 'False', 'null', '~', '', '1', '-5', '+5', '010', '0o10', '0x1F', '0b11', '1_000', '1.5', '.5', '5.', '1e3', '1E+3', '-.inf', '.NaN', '0.1', '1e400', '12:30', '1:30:45.5', '2020-01-02', '2020-01-02T03:04:05Z', '2020-01-02 03:04:05 +1', '9223372036854775807', '9223372036854775808', '18446744073709551616', 'a b c', 'a: b', 'a #b', 'a:b', '<<', '=', '- a', '-a', '0777', '08', '0.10', '1.10', '1_0.5_0', '0x', '+.inf', '1__0', 'é', 'a,b', 'a]b', '100000000000', '1000000', '-0', '-0x1F', '0b', '+0x1f', '-0b11', '0o8', '1e', '.', '..', '1.e5', '0x1.8p1', '1.5e-07', '123456789012345678901234567890'])
}

/** A literal or folded text under a key at a column. */
function block (random: Random, indent: number): string {
  const head = random.pick(['|', '>', '|-', '>-', '|+', '>+', '|2', '>2-', '|1', '|9', '| # c', '>+1'])
  const pad = ' '.repeat(indent + random.pick([1, 2, 2, 2, 4]))
  const lines = random.times(0, 4, () => random.pick(['a', 'b c', '', '', '  more', '\ttab', '- x', '# no comment', 'k: v', 'trailing ', ' ', 'é 😀', 'x'.repeat(30)]))
  return `${head}\n${lines.map(line => line === '' && random.chance(0.7) ? '\n' : `${pad}${line}\n`).join('')}`
}
