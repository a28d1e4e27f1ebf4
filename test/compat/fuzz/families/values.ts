import type { Random } from '../random.js'
import { json, letterText, mutate, text, data, dataMap } from '../texts.js'
import type { ChartTrial, Family } from '../trial.js'
import { mapping, yamlText } from '../yaml-text.js'

/** Prints all values, with the kind of each number. */
const shown = '# {{ .Values | toJson | b64enc }}\nv: {{ .Values | printf "%#v" | b64enc }}\n'

function trial (family: string, files: Record<string, string>, args: readonly string[]): ChartTrial {
  return { kind: 'chart', family, files: { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'templates/case.yaml': shown, ...files }, args }
}

function valuesFiles (random: Random): ChartTrial {
  const files: Record<string, string> = { 'values.yaml': random.chance(0.6) ? mapping(random, 3, 0) : yamlText(random) }
  const args: string[] = []
  for (let i = random.int(3); i > 0; i--) {
    files[`../v${i}.yaml`] = random.chance(0.7) ? mapping(random, 3, 0) : yamlText(random)
    args.push('-f', `v${i}.yaml`)
  }
  return trial('values', files, args)
}

const slips = ['.', '[', ']', '[0]', '[1]', '[-1]', '[65537]', '{', '}', ',', '=', '\\', '\\,', '\\.', 'null', ' ', '"', '[0][1]', '..', '={}', 'é', '\n', ':', '[a]', '[ 1]', '[01]', '[+1]', '[1_0]']

function setPath (random: Random): string {
  return random.times(1, 3, () => random.pick(['a', 'b', 'c', 'a1', 'd-e', 'f_g', 'h\\.i', 'x y', 'é', 'a[0]', 'b[1]', 'l[2].n', 'l[0][1]', 'nil', 'g\\=h', '"q"', '1', 'name'])).join('.')
}

function setValue (random: Random): string {
  const choice = random.int(8)
  if (choice < 4) return random.pick(['1', '0', '-5', '+5', '01', '1.5', '1e3', 'true', 'False', 'null', 'NULL', '', 'a', 'a b', 'é', '9223372036854775807', '9223372036854775808', '0x10', 'a\\,b', 'a=b', '"q"', '~', 'yes', '00', '-0', '1_0', 'tru', 'a\\\\b', 'a:b', '[x]', ' 1', '1 '])
  if (choice < 6) return `{${random.times(0, 3, () => random.pick(['a', '1', 'true', 'null', '', 'a\\,b', ' b', '0', '{x', 'y z', '1.5', '[0]'])).join(',')}}`
  return letterText(random).replace(/\u0000/g, '')
}

function setText (random: Random): string {
  const pairs = random.times(1, 3, () => `${setPath(random)}=${setValue(random)}`).join(random.pick([',', ',', ', ']))
  return (random.chance(0.25) ? mutate(random, pairs, slips) : pairs).replaceAll('\u0000', '')
}

function sets (random: Random): ChartTrial {
  const files: Record<string, string> = { 'values.yaml': json(random.chance(0.5) ? { a: { b: 1, c: [1, 2] }, l: [{ n: 1 }, 2], b: 'x', c: {}, nil: null } : dataMap(random, 2)) }
  const args: string[] = []
  for (let i = random.pick([1, 1, 1, 2, 4]); i > 0; i--) {
    const flag = random.pick(['--set', '--set', '--set', '--set', '--set-string', '--set-string', '--set-literal', '--set-json', '--set-file'])
    args.push(flag, setArgument(random, flag))
  }
  if (args.some(arg => arg.includes('f.txt'))) files['../f.txt'] = text(random)
  return trial('set', files, args)
}

function setArgument (random: Random, flag: string): string {
  switch (flag) {
    case '--set-literal': return `${setPath(random)}=${text(random).replaceAll('\u0000', '')}`
    case '--set-file': return `${setPath(random)}=${random.pick(['f.txt', 'f.txt', 'nope.txt', ''])}`
    case '--set-json': {
      const written = random.chance(0.3) ? JSON.stringify(dataMap(random, 2)) : random.times(1, 2, () => `${setPath(random)}=${JSON.stringify(data(random, 2))}`).join(',')
      return (random.chance(0.2) ? mutate(random, written, [...slips, '"', ':']) : written).replaceAll('\u0000', '')
    }
    default: return setText(random)
  }
}

/** Values files, and the words of the flags that set values. */
export const valuesFamilies: readonly Family[] = [
  { name: 'values', weight: 6, generate: valuesFiles },
  { name: 'set', weight: 7, generate: sets }
]
