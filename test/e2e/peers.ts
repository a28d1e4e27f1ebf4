import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../cluster/build-cluster.js'

const exec = promisify(execFile)

/** The real programs that ours is tried with, and the variable that can name each one's path. */
const peers = [
  { variable: 'PORTOLAN_HELM4', folder: 'helm-4.3.1', program: 'helm', source: 'helm.sh/helm/v4/cmd/helm@v4.3.1' },
  { variable: 'PORTOLAN_HELM3', folder: 'helm-3.22.0', program: 'helm', source: 'helm.sh/helm/v3/cmd/helm@v3.22.0' }
] as const

/**
 * Sees to it that every peer is there: the one its variable names, or one built by Go into the cache folder.
 *
 * @param env the environment; the result is what to add to it for the tests
 * @throws when Go is missing or a build fails
 */
export async function preparePeers (env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { variable, folder, program, source } of peers) {
    found[variable] = env[variable] ?? await build(join(cacheFolder(env), folder), program, source)
  }
  return found
}

async function build (folder: string, program: string, source: string): Promise<string> {
  const path = join(folder, program)
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  await exec('go', ['install', source], { env: { ...process.env, GOBIN: folder }, maxBuffer: 1 << 26 })
  return path
}
