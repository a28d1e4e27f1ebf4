import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { messageOf } from '../../src/errors.js'
import { ClusterError } from './errors.js'

const run = promisify(execFile)

/** The stages of kwok that make nodes ready at once, pods when they have a node, and volumes when they are claimed: files of its module. */
const STAGES = [
  'kustomize/stage/node/fast/node-initialize.yaml',
  'kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'kustomize/stage/pod/fast/pod-complete.yaml',
  'kustomize/stage/pod/fast/pod-delete.yaml',
  'kustomize/stage/pod/fast/pod-ready.yaml',
  'kustomize/stage/volume/fast/pv-bind.yaml',
  'kustomize/stage/volume/fast/pv-delete.yaml',
  'kustomize/stage/volume/fast/pvc-delete.yaml',
  'kustomize/stage/volume/fast/pvc-provision.yaml'
]

/** The programs that are Kubernetes' own: only they are of another version when one is wanted. */
const KUBERNETES = ['./cmd/kube-apiserver', './cmd/kube-controller-manager', './cmd/kube-scheduler']
const OTHERS = ['./cmd/certificates', './cmd/etcd', './cmd/kwok']

/** What the build needs. */
export interface BuildOptions {
  /** The folder with go.mod. */
  readonly module: string
  /**
   * PATH and whatever Go looks at; PORTOLAN_TEST_CACHE and XDG_CACHE_HOME say where the programs go, PORTOLAN_TEST_KUBERNETES which
   * Kubernetes it is: `previous` is that of previous.mod.
   */
  readonly env: NodeJS.ProcessEnv
  /** Gives the build up when raised. */
  readonly signal?: AbortSignal
  /** Told in a line what takes long. */
  readonly report?: (line: string) => void
}

/** The built programs. */
export interface BuiltCluster {
  /** The folder with the executables, named as the folders in cmd/. */
  readonly programs: string
  /** kwok's stage files. */
  readonly stages: readonly string[]
}

/**
 * Builds the cluster's programs unless they are there: a folder of the cache is named for the module's sources, so one that exists is
 * complete and current. Needs Go only when it builds.
 *
 * @param options what the build needs
 * @returns the programs
 * @throws ClusterError `build-failed` when Go is missing or the build fails, with Go's own words
 */
export async function buildCluster (options: BuildOptions): Promise<BuiltCluster> {
  const cache = cacheFolder(options.env)
  const folder = join(cache, await buildKey(options.module, modFile(options.env)))
  if (!existsSync(folder)) {
    options.report?.('Building the programs of the test cluster: this takes some minutes the first time.')
    await mkdir(cache, { recursive: true })
    const fresh = await mkdtemp(`${folder}-`)
    try {
      await build(options, fresh)
      await moveInto(fresh, folder)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  }
  return { programs: folder, stages: STAGES.map((file) => join(folder, basename(file))) }
}

/**
 * Where built programs are kept.
 *
 * @param env the environment
 * @returns PORTOLAN_TEST_CACHE, or portolan-test in XDG_CACHE_HOME or in ~/.cache
 */
export function cacheFolder (env: NodeJS.ProcessEnv): string {
  const named = env['PORTOLAN_TEST_CACHE'] ?? ''
  if (named !== '') return named
  const caches = env['XDG_CACHE_HOME'] ?? ''
  return join(caches === '' ? join(homedir(), '.cache') : caches, 'portolan-test')
}

/** The file that says which Kubernetes is built: Go takes one in place of go.mod, with the sums of the same name. */
function modFile (env: NodeJS.ProcessEnv): string {
  const wanted = env['PORTOLAN_TEST_KUBERNETES'] ?? ''
  if (wanted === '') return 'go.mod'
  if (wanted === 'previous') return 'previous.mod'
  throw new ClusterError('build-failed', `PORTOLAN_TEST_KUBERNETES is ${JSON.stringify(wanted)}: it can be "previous", or left out`)
}

/** A name for what the build makes: changes with any source of the module (go.sum pins all others), the platform and the stages. */
async function buildKey (module: string, modFile: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([process.platform, process.arch, STAGES]))
  for (const file of await goSources(module, modFile)) {
    const content = await readFile(file)
    hash.update(JSON.stringify([relative(module, file), content.length])).update(content)
  }
  return `cluster-${hash.digest('hex').slice(0, 16)}`
}

async function goSources (module: string, modFile: string): Promise<string[]> {
  const files = [...new Set(['go.mod', modFile])].flatMap(file => [join(module, file), join(module, file.replace(/mod$/, 'sum'))])
  for (const folder of ['cmd', 'internal']) {
    for (const entry of await readdir(join(module, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name))
    }
  }
  return files.sort()
}

async function build (options: BuildOptions, folder: string): Promise<void> {
  const modules = `-modfile=${modFile(options.env)}`
  const version = await go(options, ['list', modules, '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'])
  const flags = ['-buildvcs=false', '-ldflags', linkerFlags(version), '-o', `${folder}/`]
  await go(options, ['build', modules, ...flags, ...KUBERNETES])
  await go(options, ['build', ...flags, ...OTHERS])
  const kwok = await go(options, ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kwok'])
  for (const file of STAGES) await copyFile(join(kwok, file), join(folder, basename(file)))
}

/**
 * The linker's flags: small programs that say which Kubernetes they are, as charts ask for its version.
 *
 * @param version Kubernetes' version, like `v1.36.3`
 */
export function linkerFlags (version: string): string {
  const [major = '', minor = ''] = version.slice(1).split('.')
  const variables = Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' })
  return ['-s', '-w', ...variables.map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)].join(' ')
}

async function go (options: BuildOptions, args: string[]): Promise<string> {
  try {
    // Without cgo the build needs no C compiler.
    const env = { ...options.env, CGO_ENABLED: '0' }
    const { stdout } = await run('go', args, { cwd: options.module, env, signal: options.signal, maxBuffer: 1 << 26 })
    return stdout.trim()
  } catch (error) {
    options.signal?.throwIfAborted()
    throw new ClusterError('build-failed', `The test cluster cannot be built with Go: ${messageOf(error)}`, { cause: error })
  }
}

/** Puts a finished build in its place in one step. When another process was faster, its build is as good. */
async function moveInto (fresh: string, folder: string): Promise<void> {
  try {
    await rename(fresh, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}
