import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, posix } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import type { Test } from 'tap'
import { freePorts } from '../cluster/free-ports.js'
import { pollUntil } from '../cluster/poll.js'
import { repositoryRoot } from '../cluster/repository-root.js'
import type { Stage } from './parse-dockerfile.js'
import { named, parseDockerfile, variablesOf } from './parse-dockerfile.js'

// The Dockerfile without Docker: its instructions are read, its stages are played in folders (what it copies, the commands that it runs but for
// apt-get), and what it starts is started and stopped. What is not seen here: the base image, root and file owners, Node 24.
const exec = promisify(execFile)
const root = repositoryRoot(import.meta.dirname)
const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
const stages = parseDockerfile(text)
const [build, runtime] = stages
if (build === undefined || runtime === undefined) throw new Error('The Dockerfile has not two stages')

t.test('it has a stage that builds and a stage that runs', async t => {
  t.strictSame(stages.map(({ image }) => image), ['node:24.18.1-bookworm-slim', 'node:24.18.1-bookworm-slim'])
  t.strictSame(stages.map(({ name }) => name), ['build', ''])
  t.match(named(build, 'RUN').map(({ text }) => text), [/^apt-get update && apt-get install .*python3 make g\+\+/, 'npm ci', 'npm run build', 'npm prune --omit=dev'])
})

t.test('what runs is not root, keeps its data in a volume, and says how it is', async t => {
  const only = (name: string): readonly string[] => {
    const found = named(runtime, name)
    t.equal(found.length, 1, name)
    return found[0]?.words ?? []
  }
  t.match(only('USER')[0], /^[1-9]\d*:[1-9]\d*$/, 'by number')
  t.strictSame(only('VOLUME'), ['/data'])
  t.strictSame(only('EXPOSE'), ['8080'])
  t.strictSame(only('STOPSIGNAL'), ['SIGTERM'])
  t.strictSame(only('ENTRYPOINT'), ['node', 'dist/program/main.cjs'])
  t.strictSame(only('CMD'), ['serve'])
  t.equal(only('HEALTHCHECK')[0], 'node', 'there is no curl')
  t.match(Object.fromEntries(variablesOf(runtime)), { NODE_ENV: 'production', STORAGE_LOCAL_ROOTDIR: /^\/data\//, DATABASE: /^sqlite:\/data\// })
  t.strictSame(named(runtime, 'RUN').map(({ text }) => text), ['mkdir /data && chown 1000:1000 /data'])
})

t.test('what is copied is there, and nothing else is sent to the builder', async t => {
  const copied = stages.flatMap(stage => named(stage, 'COPY')).filter(({ options }) => !options.has('from')).flatMap(({ words }) => words.slice(0, -1))
  for (const source of copied) t.ok(trackedFiles(source).length > 0, source)
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(line => line !== '' && !line.startsWith('#'))
  t.equal(lines[0], '*')
  t.strictSame(lines.slice(1).sort(), [...new Set(copied)].map(source => `!${source}`).sort())
})

t.test('what it builds serves, and stops when told', { timeout: 840_000 }, async t => {
  const machine = mkdtempSync(join(tmpdir(), 'portolan-image-'))
  t.teardown(() => rmSync(machine, { recursive: true, force: true, maxRetries: 3 }))
  const places = new Map([['build', join(machine, 'build')], ['', join(machine, 'run')]])
  await play(t, build, places)
  await play(t, runtime, places)
  const home = join(machine, 'run', workingDirectory(runtime))
  t.notOk(existsSync(join(home, 'node_modules', 'typescript')), 'what only development needs is left out')
  t.notOk(existsSync(join(home, 'src')), 'sources are left out')
  await serve(t, runtime, { machine: join(machine, 'run'), home })
})

/** Plays a stage: copies what COPY names, and runs what RUN says in the build stage. */
async function play (t: Test, stage: Stage, places: ReadonlyMap<string, string>): Promise<void> {
  const machine = places.get(stage.name) ?? ''
  const cwd = join(machine, workingDirectory(stage))
  mkdirSync(cwd, { recursive: true })
  for (const { name, options, words, text } of stage.instructions) {
    if (name === 'COPY') copy({ sources: words.slice(0, -1), to: join(cwd, words.at(-1) ?? ''), from: places.get(options.get('from') ?? 'nowhere') })
    if (name !== 'RUN' || stage.name === '' || text.includes('apt-get')) continue
    const { stderr } = await exec('/bin/sh', ['-c', text], { cwd, env: { ...process.env, ...Object.fromEntries(variablesOf(stage)) }, maxBuffer: 1 << 26 })
    t.pass(`${text} ${stderr.split('\n')[0] ?? ''}`)
  }
}

interface Copying {
  readonly sources: readonly string[]
  readonly to: string
  /** The folder of the stage that is copied from; the repository's tracked files when left out. */
  readonly from: string | undefined
}

/** COPY: files go into the folder, and of folders what they hold. */
function copy ({ sources, to, from }: Copying): void {
  for (const source of sources) {
    if (from !== undefined) cpSync(join(from, source), to, { recursive: true, verbatimSymlinks: true })
    else for (const file of trackedFiles(source)) copyFile(join(root, file), join(to, file === source ? basename(file) : posix.relative(source, file)))
  }
}

function copyFile (from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
}

/** The files of a path that git knows and that are there: what a fresh clone would have. */
function trackedFiles (path: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--', path], { cwd: root, encoding: 'utf8' }).split('\n')
  return listed.filter(file => file !== '' && existsSync(join(root, file)) && statSync(join(root, file)).isFile())
}

function workingDirectory (stage: Stage): string {
  return named(stage, 'WORKDIR').at(-1)?.words[0] ?? '/'
}

/** Starts what the image starts, asks it, and stops it. */
async function serve (t: Test, stage: Stage, { machine, home }: { machine: string, home: string }): Promise<void> {
  const [port = 0] = await freePorts(1)
  const env = { ...process.env, ...variablesIn(stage, machine), LISTEN_HOST: '127.0.0.1', PORT: String(port) }
  const [program = '', ...args] = [...wordsOf(stage, 'ENTRYPOINT'), ...wordsOf(stage, 'CMD')]
  const child = spawn(program, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { log += text })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  const healthy = (): Promise<boolean> => isHealthy(wordsOf(stage, 'HEALTHCHECK'), env)
  t.equal(await healthy(), false, 'it is not well before it runs')
  const started = AbortSignal.any([AbortSignal.timeout(30_000), abortedBy(ended)])
  await pollUntil(`The server (${log})`, async () => (await fetch(`${url}/health`)).ok, started).catch((error: unknown) => t.fail(`${String(error)} ${log}`))

  t.equal(await healthy(), true, 'the health check says that it is well')
  t.equal(await (await fetch(`${url}/health`)).text(), '{"healthy":true}')
  t.equal(await (await fetch(`${url}/ready`)).text(), '{"ready":true}')
  t.match(await (await fetch(url)).text(), /<title>Chart repository<\/title>[^]*static\/index-/, 'the page is there')
  t.ok(existsSync(join(machine, 'data', 'portolan.db')), 'the database is in the volume')
  child.kill('SIGTERM')
  t.strictSame(await ended, [0, null], 'it ends well when told to stop')
  t.equal(await healthy(), false, 'it is not well when it has ended')
}

/** A signal that is raised when something is over. */
function abortedBy (over: Promise<unknown>): AbortSignal {
  const controller = new AbortController()
  over.then(() => controller.abort(), () => controller.abort())
  return controller.signal
}

async function isHealthy ([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return await exec(program, args, { env }).then(() => true, () => false)
}

function wordsOf (stage: Stage, name: string): readonly string[] {
  return named(stage, name).at(-1)?.words ?? []
}

/** The image's variables, with the volume's path where it is played. */
function variablesIn (stage: Stage, machine: string): Record<string, string> {
  const [volume = ''] = wordsOf(stage, 'VOLUME')
  return Object.fromEntries([...variablesOf(stage)].map(([name, value]) => [name, value.replace(volume, join(machine, volume))]))
}
