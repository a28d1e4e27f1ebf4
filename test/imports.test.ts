import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix, relative } from 'node:path'
import t from 'tap'
import { repositoryRoot } from './cluster/repository-root.js'

/**
 * The house's rule of imports: a folder may import itself, what stands on its row, and Node's own modules named there.
 * `storage` is a folder at the root, all others are folders of src/. A name that starts with `node:` or has no row is a package.
 * docs/architecture.md says why; a new arrow needs a reason there.
 */
const formats = ['errors', 'go', 'template', 'sprig', 'chart', 'repo', 'oci'] as const
const serverHalf = ['errors', 'storage', 'db', 'access', 'catalog', 'registry'] as const
const installHalf = ['errors', 'remote', 'dependency', 'engine', 'kube', 'release'] as const

const table: Readonly<Record<string, readonly string[]>> = {
  storage: [],
  errors: [],
  go: ['errors'],
  template: ['errors', 'go'],
  sprig: ['errors', 'go', 'template'],
  chart: ['errors', 'go', 'sprig'],
  repo: ['errors', 'go', 'chart'],
  oci: ['errors', 'go'],
  db: ['errors'],
  access: ['errors', 'db'],
  catalog: [...formats, 'storage', 'db', 'access'],
  registry: [...formats, 'storage', 'db', 'access', 'catalog'],
  server: [...formats, ...serverHalf],
  remote: formats,
  dependency: [...formats, 'remote'],
  engine: formats,
  kube: [...formats, 'engine'],
  release: [...formats, 'kube'],
  action: [...formats, ...installHalf],
  config: ['errors', 'go'],
  // The edges compose: everything may be reached from here, and nothing reaches back.
  cli: [...formats, ...serverHalf, ...installHalf, 'server', 'action', 'config']
}

/** Folders that touch neither network nor clock nor environment: which of Node's own modules they may use all the same. */
const pure: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  go: ['node:buffer'],
  template: [],
  sprig: ['node:crypto', 'node:buffer', 'node:module', 'node:path'],
  chart: ['node:buffer', 'node:crypto', 'node:fs/promises', 'node:fs', 'node:path', 'node:stream', 'node:stream/promises', 'node:zlib'],
  repo: ['node:buffer', 'node:crypto', 'node:fs/promises', 'node:path'],
  oci: ['node:buffer', 'node:crypto'],
  engine: ['node:buffer', 'node:path']
}

const root = repositoryRoot(import.meta.dirname)

t.test('imports point down', async t => {
  const wrong: string[] = []
  for (const file of sources()) {
    const from = folderOf(file)
    const allowed = table[from]
    if (allowed === undefined) {
      wrong.push(`${file}: the folder ${from} has no row in the table`)
      continue
    }
    for (const specifier of importsOf(file)) {
      const complaint = judge(file, from, specifier, allowed)
      if (complaint !== undefined) wrong.push(complaint)
    }
  }
  t.strictSame(wrong, [])
})

t.test('only the edges read the environment, the arguments and the exit', async t => {
  const wrong = sources().filter(file =>
    folderOf(file) !== 'cli' && /\bprocess\.(env|argv|exit|exitCode|stdout|stderr|stdin)\b/.test(readFileSync(join(root, file), 'utf8')))
  t.strictSame(wrong, [])
})

t.test('the table has no row for a folder that is gone, and no cycle', async t => {
  t.strictSame(Object.keys(table).filter(folder => reaches(folder, folder, new Set())), [])
})

function judge (file: string, from: string, specifier: string, allowed: readonly string[]): string | undefined {
  if (specifier.startsWith('.')) {
    const to = folderOf(posix.normalize(posix.join(posix.dirname(file), specifier)))
    return to === from || allowed.includes(to) ? undefined : `${file}: ${from} may not import ${to} (${specifier})`
  }
  const named = specifier.startsWith('node:') || builtinModules.includes(specifier)
  if (!named) return undefined
  const builtins = pure[from]
  return builtins === undefined || builtins.includes(specifier) ? undefined : `${file}: ${from} may not import ${specifier}`
}

function reaches (from: string, target: string, seen: Set<string>): boolean {
  for (const next of table[from] ?? []) {
    if (next === target) return true
    if (seen.has(next)) continue
    seen.add(next)
    if (reaches(next, target, seen)) return true
  }
  return false
}

function sources (): string[] {
  return ['src', 'storage'].flatMap(top =>
    readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
      .map(entry => relative(root, join(entry.parentPath, entry.name)).split('\\').join('/'))
      .filter(file => !file.startsWith('src/web/')))
}

/** The folder a source belongs to: `go` of src/go/fmt.ts, `errors` of src/errors.ts, `storage` of storage/local.ts. */
function folderOf (file: string): string {
  const parts = file.replace(/\.(ts|js)$/, '').split('/')
  return parts[0] === 'src' ? parts[1] ?? '' : parts[0] ?? ''
}

function importsOf (file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^(?:(?:import|export)\b[^'"\n]*|\}\s+)\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm)]
    .map(match => match[1] ?? match[2] ?? match[3] ?? '')
}
