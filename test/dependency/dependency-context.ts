import type { Test } from 'tap'
import type { ChartFolder, DependencyContext } from '../../src/dependency/context.js'
import { GoTime } from '../../src/go/time.js'
import { createDispatchers } from '../../src/remote/dispatchers.js'
import { HttpGetter } from '../../src/remote/http.js'
import { createGetters } from '../../src/remote/schemes.js'

/** A context over a test's folder, and what was said. */
export interface DependencyWorld {
  readonly context: DependencyContext
  readonly said: string[]
  readonly cwd: string
  readonly ship: ChartFolder
}

/** Files by name, folders within as objects. */
export interface Tree {
  [name: string]: string | Buffer | Tree
}

/**
 * What dependencies are resolved with, below a fresh folder with a chart in `ship/`.
 *
 * @param t the test
 * @param files of the folder
 * @param parts what to set otherwise
 */
export function dependencyWorld (t: Test, files: Tree, parts: Partial<DependencyContext> = {}): DependencyWorld {
  const cwd = t.testdir(files)
  const said: string[] = []
  const clock = (): Date => new Date('2026-01-02T03:04:05.678Z')
  const context: DependencyContext = {
    getters: createGetters({ http: new HttpGetter('Portolan/test', createDispatchers({}, cwd)) }),
    repositoryConfig: `${cwd}/repositories.yaml`,
    repositoryCache: `${cwd}/cache`,
    contentCache: `${cwd}/content`,
    cwd,
    clock,
    warn: message => said.push(message),
    note: message => said.push(message),
    say: line => said.push(line),
    now: () => GoTime.fromDate(clock().getTime(), 6_789, 120),
    debug: false,
    ...parts
  }
  return { context, said, cwd, ship: { path: `${cwd}/ship`, shown: 'ship' } }
}

/** Chart.yaml of a chart with dependencies given as `name version repository`. */
export function chartYaml (name: string, ...needed: string[]): string {
  const lines = needed.map(text => text.split(' ')).map(([dependency = '', version = '', repository = '']) =>
    `- name: ${JSON.stringify(dependency)}\n  version: ${JSON.stringify(version)}\n  repository: ${JSON.stringify(repository)}\n`)
  return `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${lines.length === 0 ? '' : `dependencies:\n${lines.join('')}`}`
}
