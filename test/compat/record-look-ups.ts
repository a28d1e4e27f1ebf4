import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chartArchive } from '../helpers/chart-archive.js'
import { lookUpConstraints, lookUpVersions } from './chart-cases/look-up-cases.js'
import { helmVersion, writeRecording } from './chart-recording.js'

/** Records which of a repository's versions Helm chooses for each constraint, from a repository that is served to it. */
export async function recordLookUps (helm: string): Promise<void> {
  const archives = new Map<string, Buffer>()
  for (const version of lookUpVersions) archives.set(`/ship-${encodeURIComponent(version)}.tgz`, await chartArchive('ship', version))
  const server = createServer((request, response) => {
    response.end(request.url === '/index.yaml' ? index() : archives.get(request.url ?? '') ?? '')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const found: Record<string, object> = {}
  for (const constraint of lookUpConstraints) found[constraint] = await lookUp({ helm, url, constraint })
  server.close()
  writeRecording('look-ups', { helm: helmVersion(helm), cases: { versions: lookUpVersions, found } })
  process.stdout.write('look-ups\n')
}

function index (): string {
  const entries = lookUpVersions.map(version => `  - {apiVersion: v2, name: ship, version: "${version}", urls: ["ship-${encodeURIComponent(version)}.tgz"]}\n`)
  return `apiVersion: v1\nentries:\n  ship:\n${entries.join('')}`
}

/** Helm runs beside the server, so it must not be waited for with a synchronous call. */
async function lookUp ({ helm, url, constraint }: { helm: string, url: string, constraint: string }): Promise<object> {
  const home = mkdtempSync(join(tmpdir(), 'record-home-'))
  const args = ['show', 'chart', 'ship', '--repo', url, ...(constraint === '' ? [] : ['--version', constraint])]
  const child = spawn(helm, args, { env: { PATH: process.env['PATH'], HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home } })
  const output: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  await once(child, 'close')
  rmSync(home, { recursive: true })
  const version = /^version: "?([^"\n]*)"?$/m.exec(Buffer.concat(output).toString())?.[1]
  if (version !== undefined) return { version }
  return { error: Buffer.concat(errors).toString().replace(/^[^]*?^Error: /m, '').trimEnd().replaceAll(url, '<url>') }
}
