import type { Random } from './random.js'
import { goString, mutate, text } from './texts.js'

const inserts = ['[', ']', '[[', ']]', '=', '"', '\'', '"""', '.', ',', '{', '}', '#', '\n', '\t', ' ', '\\', '0', '1', '_', '-', 'e', 'true', 'é', '\r', 'inf', 'nan', ':', 'T', 'Z']
const values = ['1', '-1', '+1', '0', '1_000', '0x1F', '0o17', '0b11', '1.5', '1e3', '-1.5E-3', '1_0.5_0', 'inf', '-inf', 'nan', 'true', 'false', '"a"', '\'a\\b\'', '"""\na\n b"""', '\'\'\'\na\'b\'\'\'', '"\\u00e9\\t\\n"', '"\\U0001F600"', '[]', '[1, 2]', '[1, "a"]', '["a", ["b"],]', '{a = 1, b.c = 2}', '{}', '2020-01-02', '2020-01-02T03:04:05Z', '2020-01-02 03:04:05.678+01:00', '2020-01-02T03:04:05', '03:04:05', '9223372036854775807', '9223372036854775808', '01', '1.', '.5', '1__0', '"\\x41"', '"\\e"', '"a', '[1,\n # c\n 2\n]', '[{a=1},{b=2}]', '"\\\n"', '1e400', '0x', '""', '\'\'', '1979-05-27T00:32:00-25:00', '2020-13-01', '"""a""""', '"""\\\n   x"""']

/** TOML: tables, arrays of tables, dotted keys, all kinds of values; sometimes with slips of the hand. */
export function tomlText (random: Random): string {
  const lines = random.times(0, 6, () => {
    const choice = random.int(10)
    if (choice < 7) return `${name(random)}${random.pick([' = ', '=', ' =\t'])}${random.chance(0.15) ? goString(text(random)).replace(/\\x(..)/g, '\\u00$1') : random.pick(values)}${random.pick(['', '', '', ' # c', ' '])}`
    if (choice < 9) return `[${random.pick(['', '', ' '])}${name(random)}]`
    return `[[${name(random)}]]`
  })
  const written = lines.join('\n') + random.pick(['\n', '', '\r\n'])
  return random.chance(0.2) ? mutate(random, written, inserts) : written
}

function name (random: Random): string {
  const one = (): string => random.pick(['a', 'b', 'c', 'd', 'e1', 'f-g', 'h_i', '"j k"', '\'l\'', '1', 'é', '""', 'true'])
  return random.chance(0.7) ? one() : `${one()}${random.pick(['.', '.', ' . '])}${one()}`
}
