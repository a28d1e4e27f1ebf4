import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What Helm printed: its output, or its error. */
export interface Printed {
  readonly output?: string
  readonly error?: string
}

/** What was recorded of one kind of thing: the version of Helm, and whatever the recorder kept. */
export interface Recording<T> {
  readonly helm: string
  readonly cases: T
}

/** Where the repository's root is, seen from here or from where this was compiled to. */
export function repositoryRoot (): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const root = here.slice(0, here.lastIndexOf(join('test', 'compat')))
  return root.endsWith('dist/') ? root.slice(0, -'dist/'.length) : root
}

/** Reads what was recorded. The shape is the recorder's, which wrote it. */
export function readRecording<T> (name: string): Recording<T> {
  return JSON.parse(readFileSync(recordingPath(name), 'utf8')) as Recording<T>
}

/** Writes what was recorded. */
export function writeRecording<T> (name: string, recording: Recording<T>): void {
  mkdirSync(dirname(recordingPath(name)), { recursive: true })
  writeFileSync(recordingPath(name), `${JSON.stringify(recording, null, 2)}\n`)
}

function recordingPath (name: string): string {
  return join(repositoryRoot(), 'test', 'compat', 'recorded', `chart-${name}.json`)
}

/** Runs Helm, whose path comes first. */
export function runHelm (helm: string, args: readonly string[], options: { cwd?: string, env?: Readonly<Record<string, string>> } = {}): Printed & { stderr: string } {
  const home = mkdtempSync(join(tmpdir(), 'record-home-'))
  const { status, stdout, stderr, error } = spawnSync(helm, args, {
    cwd: options.cwd ?? home,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'], HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home, ...options.env }
  })
  rmSync(home, { recursive: true })
  if (error !== undefined) throw error
  return status === 0 ? { output: stdout, stderr } : { error: stderr.replace(/^[^]*?^Error: /m, '').trimEnd(), stderr }
}

/** The version that a Helm names itself by, `v4.3.1`. */
export function helmVersion (helm: string): string {
  return runHelm(helm, ['version', '--template', '{{ .Version }}']).output ?? 'unknown'
}

/** Runs something with a folder that holds these files, and is gone afterwards. */
export function withFiles<T> (files: Readonly<Record<string, string | Uint8Array>>, run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'record-chart-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
