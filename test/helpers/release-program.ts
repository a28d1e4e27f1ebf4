import type { Test } from 'tap'
import type { CliContext } from '../../src/cli/command.js'
import { program } from '../../src/cli/program.js'
import { run } from '../../src/cli/run.js'
import { FakeApiServer } from './fake-api-server.js'
import { testContext } from './test-context.js'

/** What a call came to. */
export interface Called {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The program, and a fake API for it. */
export interface ReleaseProgram {
  readonly server: FakeApiServer
  /** The folder it works in, with a chart in `sea/`. */
  readonly cwd: string
  /** Calls the program with the fake API for a cluster. */
  readonly call: (args: readonly string[], context?: Partial<CliContext>) => Promise<Called>
}

const sea = {
  'Chart.yaml': 'apiVersion: v2\nname: sea\nversion: 1.2.3\nappVersion: "9"\n',
  'values.yaml': 'port: 80\n',
  templates: {
    'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-map\ndata:\n  port: {{ .Values.port | quote }}\n',
    'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}-secret\n',
    'test.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-test\n  annotations:\n    helm.sh/hook: test\n',
    'NOTES.txt': 'Ahoy from {{ .Release.Name }}\n'
  }
}

/** A fixed moment, told in UTC wherever the test runs. */
function clock (): Date {
  return Object.assign(new Date('2026-01-02T03:04:05Z'), { getTimezoneOffset: () => 0 })
}

/** Files and folders by name. */
interface FolderOf {
  readonly [name: string]: string | FolderOf
}

/**
 * Starts a fake API, and makes a folder with a chart.
 *
 * @param t the test
 * @param files further files of the folder
 */
export async function releaseProgram (t: Test, files: FolderOf = {}): Promise<ReleaseProgram> {
  const server = await FakeApiServer.start()
  t.teardown(() => server.stop())
  const cwd = t.testdir({ sea, home: {}, ...files })
  const call = async (args: readonly string[], parts: Partial<CliContext> = {}): Promise<Called> => {
    const test = testContext({ cwd, clock, ...parts, env: { HOME: `${cwd}/home`, HELM_KUBEAPISERVER: server.url, ...parts.env } })
    const code = await run(program, args, test.context)
    return { code, stdout: test.stdout(), stderr: test.stderr() }
  }
  return { server, cwd, call }
}
