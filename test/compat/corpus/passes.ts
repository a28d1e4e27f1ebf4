import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseDocument, stringify } from 'yaml'

/** One way to render a chart: a name for reports, and the further arguments. */
export interface Pass {
  readonly name: string
  readonly args: readonly string[]
}

/** Ways to render with the chart's own values. */
const flagPasses: ReadonlyMap<string, readonly string[]> = new Map([
  ['upgrade', ['--is-upgrade', '--no-hooks']],
  ['kube', ['--kube-version', '1.25.0', '--skip-tests']],
  ['apis', ['-a', 'monitoring.coreos.com/v1', '-a', 'cert-manager.io/v1,gateway.networking.k8s.io/v1', '--kube-version', 'v1.31.2-gke.1']],
  ['global', [
    '--set', 'global.imageRegistry=registry.example.com,global.storageClass=fast,global.imagePullSecrets={one,two}',
    '--set-string', 'fullnameOverride=over', '--set', 'replicaCount=3,image.tag=0123'
  ]]
])

/** The names of all passes besides the one with the chart's defaults. */
export const passNames = ['values', ...flagPasses.keys(), 'switched', 'single', 'show-only'] as const

/**
 * The passes of a chart.
 *
 * @param chart the folder of its copy
 * @param names which of `passNames` are wanted
 * @param scratch a folder for files of values
 */
export function passesOf (chart: string, names: ReadonlySet<string>, scratch: string): Pass[] {
  return [
    { name: 'defaults', args: ['--include-crds'] },
    ...names.has('values') ? valuesFiles(chart).map(file => ({ name: `values ${relative(chart, file)}`, args: ['--include-crds', '-f', file] })) : [],
    ...[...flagPasses].filter(([name]) => names.has(name)).map(([name, args]) => ({ name, args })),
    ...names.has('switched') ? switched(chart, scratch) : [],
    ...names.has('single') ? single(chart) : [],
    ...names.has('show-only') ? showOnly(chart) : []
  ]
}

/** ci/*values.yaml, the further files of values beside values.yaml, and those of examples. */
function valuesFiles (chart: string): string[] {
  const beside = filesIn(chart).filter(name => /^values[-_.].+\.ya?ml$|[-_.]values\.ya?ml$/.test(name))
  const ci = filesIn(join(chart, 'ci')).filter(name => /values\.ya?ml$/.test(name)).map(name => join('ci', name))
  const examples = existsSync(join(chart, 'examples'))
    ? readdirSync(join(chart, 'examples'), { recursive: true, encoding: 'utf8' }).filter(name => /(^|\/)[^/]*values[^/]*\.ya?ml$/.test(name)).map(name => join('examples', name))
    : []
  return [...ci, ...beside, ...examples].sort().map(name => join(chart, name))
}

function filesIn (folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile()).map(entry => entry.name) : []
}

/** All switches of the chart's values turned on, and all turned over. */
function switched (chart: string, scratch: string): Pass[] {
  const values = defaults(chart)
  return [['on', () => true] as const, ['over', (value: boolean) => !value] as const].map(([name, turn]) => {
    const file = join(scratch, `${name}.yaml`)
    writeFileSync(file, stringify(turned(values, turn) ?? {}, { aliasDuplicateObjects: false }))
    return { name: `switched ${name}`, args: ['-f', file] }
  })
}

/** The same tree with only its booleans, turned; undefined where it has none. */
function turned (value: unknown, turn: (value: boolean) => boolean): unknown {
  if (typeof value === 'boolean') return turn(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value).map(([key, each]) => [key, turned(each, turn)] as const).filter(([, each]) => each !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

const mostSingles = 6

/** Some of the switches that are off, turned on one by one. */
function single (chart: string): Pass[] {
  const paths = [...switches(defaults(chart), [])]
  const step = Math.max(1, Math.ceil(paths.length / mostSingles))
  return paths.filter((_, at) => at % step === 0).map(path => ({ name: `single ${path}`, args: ['--set', `${path}=true`] }))
}

function * switches (value: unknown, path: readonly string[]): Iterable<string> {
  if (value === false) yield path.join('.')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [key, each] of Object.entries(value)) if (/^[\w-]+$/.test(key)) yield * switches(each, [...path, key])
}

function defaults (chart: string): unknown {
  const file = join(chart, 'values.yaml')
  if (!existsSync(file)) return {}
  const document = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'silent', uniqueKeys: false, strict: false })
  return document.errors.length > 0 ? {} : document.toJS({ maxAliasCount: -1 })
}

/** The chart's first template alone, and one that is not there. */
function showOnly (chart: string): Pass[] {
  const [first] = filesIn(join(chart, 'templates')).filter(name => /^[^_].*\.ya?ml$/.test(name)).sort()
  return first === undefined ? [] : [{ name: 'show-only', args: ['-s', `templates/${first}`, '-s', 'templates/*.yaml'] }]
}
