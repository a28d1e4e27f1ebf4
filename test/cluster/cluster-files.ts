import { execFile } from 'node:child_process'
import { generateKeyPair, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Connection } from './api.js'
import type { ClusterFiles } from './arguments.js'
import { containerLog, kwokConfig } from './kwok-config.js'
import { kubeconfigText } from './kubeconfig.js'

const run = promisify(execFile)

/** Someone who may sign in, beside the administrator. Without groups and roles they may do nothing. */
export interface ClusterUser {
  readonly name: string
  readonly groups?: readonly string[]
}

/** What decides the contents of the cluster's folder. */
export interface FilesOptions {
  /** An empty folder. */
  readonly dir: string
  /** The folder with the built programs. */
  readonly programs: string
  /** `https://127.0.0.1:PORT` of the API server. */
  readonly server: string
  readonly users: readonly ClusterUser[]
  /** The lines that every container is said to have printed. */
  readonly podLog: readonly string[]
}

/** The files, and how to reach the cluster as its administrator. */
export interface WrittenFiles {
  readonly files: ClusterFiles
  readonly connection: Connection
}

/**
 * Writes what the cluster's programs read: certificates, keys, tokens, the kubeconfig, kwok's configuration.
 *
 * @param options what decides the contents
 * @returns where the files are
 */
export async function writeClusterFiles (options: FilesOptions): Promise<WrittenFiles> {
  const files = clusterFiles(options.dir)
  await run(join(options.programs, 'certificates'), [options.dir])
  const connection = { server: options.server, ca: await readFile(files.ca, 'utf8'), token: newToken() }
  const users = options.users.map((user) => ({ ...user, token: newToken() }))
  const admin = { name: 'admin', groups: ['system:masters'], token: connection.token }
  const podLog = join(options.dir, 'pod.log')
  await write(files.tokens, tokensText([admin, ...users]))
  await write(files.serviceAccountKey, await rsaKey())
  await write(files.kubeconfig, kubeconfigText({ ...connection, users, ...await adminCertificate(options.dir) }))
  await write(podLog, containerLog(options.podLog))
  await write(files.kwokConfig, kwokConfig(podLog))
  return { files, connection }
}

/** The names of the files; `certificates` (in cmd/) chose those of the certificates. */
function clusterFiles (dir: string): ClusterFiles {
  return {
    dir,
    ca: join(dir, 'ca.crt'),
    serverCertificate: join(dir, 'server.crt'),
    serverKey: join(dir, 'server.key'),
    serviceAccountKey: join(dir, 'service-account.key'),
    tokens: join(dir, 'tokens.csv'),
    kubeconfig: join(dir, 'kubeconfig'),
    kwokConfig: join(dir, 'kwok.yaml')
  }
}

/**
 * The API server's token file (kubernetes.io, "Static token file"): token, user, id, and the groups in one quoted field.
 *
 * @param users who may sign in
 * @returns CSV
 */
export function tokensText (users: readonly (ClusterUser & { readonly token: string })[]): string {
  return users.map(({ token, name, groups = [] }) => `${token},${name},${name},"${groups.join(',')}"\n`).join('')
}

async function adminCertificate (dir: string): Promise<{ certificate: string, key: string }> {
  const certificate = await readFile(join(dir, 'admin.crt'), 'utf8')
  return { certificate, key: await readFile(join(dir, 'admin.key'), 'utf8') }
}

function newToken (): string {
  return randomBytes(16).toString('hex')
}

async function rsaKey (): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

function write (file: string, text: string): Promise<void> {
  return writeFile(file, text, { mode: 0o600 })
}
