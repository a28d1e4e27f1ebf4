import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import t from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'

/** What takes longer to load than small charts take to render: it is imported when it is needed (`await import(…)`). */
const slow = ['undici', 'fastify', 'better-sqlite3', 'kysely', 'pino', 'prom-client', 'openpgp', 'bcryptjs',
  'node:crypto', 'node:tls', 'node:http', 'node:https', 'node:http2', 'node:child_process', 'node:zlib', 'node:worker_threads']

const root = repositoryRoot(import.meta.dirname)

t.test('what every call loads, and what template loads, is quick to load', async t => {
  for (const entry of ['src/cli/start.ts', 'src/cli/commands/template.ts']) {
    const found = [...packages(entry, new Set())].filter(([name]) => slow.includes(name)).map(([name, from]) => `${from} imports ${name}`)
    t.strictSame(found, [], entry)
  }
})

t.test('other commands do load some of it', async t => {
  t.ok(packages('src/cli/commands/serve.ts', new Set()).size > 0)
  t.ok(packages('src/cli/cluster.ts', new Set()).has('undici'))
})

/** The packages and Node's own modules that a source brings with it, each with a source that imports it. */
function packages (file: string, seen: Set<string>): Map<string, string> {
  const found = new Map<string, string>()
  if (seen.has(file)) return found
  seen.add(file)
  for (const specifier of importsOf(file)) {
    const inside = specifier.startsWith('.') ? packages(posix.join(posix.dirname(file), specifier.replace(/\.js$/, '.ts')), seen) : new Map([[specifier, file]])
    for (const [name, from] of inside) found.set(name, from)
  }
  return found
}

/** What is imported for more than its types. */
function importsOf (file: string): string[] {
  if (!existsSync(join(root, file))) throw new Error(`${file} is not there`)
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^import\s+(?!type\b)(?:([^'"]*?)\s+from\s+)?['"]([^'"]+)['"]/gm)]
    .filter(([, names = '']) => !/^\{\s*type [^,]*(,\s*type [^,]*)*\}$/.test(names))
    .map(match => match[2] ?? '')
}
