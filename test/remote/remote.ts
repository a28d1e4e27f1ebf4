import { join } from 'node:path'
import type { ChartPathOptions } from '../../src/remote/chart-path-options.js'
import type { RemoteContext } from '../../src/remote/context.js'
import { createDispatchers } from '../../src/remote/dispatchers.js'
import { HttpGetter } from '../../src/remote/http.js'
import type { Repository } from '../../src/remote/repository.js'
import { createGetters } from '../../src/remote/schemes.js'

/** A context for tests, and the warnings it was given. */
export interface TestRemote {
  readonly context: RemoteContext
  readonly warnings: Array<{ message: string, facts: Readonly<Record<string, string>> }>
}

/** A context whose files are all in one folder. */
export function testRemote (folder: string): TestRemote {
  const warnings: TestRemote['warnings'] = []
  const context: RemoteContext = {
    getters: createGetters({ http: new HttpGetter('Portolan/test', createDispatchers({}, folder)) }),
    repositoryConfig: join(folder, 'repositories.yaml'),
    repositoryCache: join(folder, 'repository'),
    contentCache: join(folder, 'content'),
    cwd: join(folder),
    clock: () => new Date(),
    warn: (message, facts = {}) => warnings.push({ message, facts })
  }
  return { context, warnings }
}

/** The chart-path flags when none is given. */
export const noFlags: ChartPathOptions = {
  version: '', repo: '', verify: false, keyring: '', username: '', password: '', certFile: '', keyFile: '', caFile: '', insecureSkipTlsVerify: false, plainHttp: false, passCredentials: false
}

/** An entry of repositories.yaml that says nothing but its name and URL, unless told. */
export function repositoryEntry (name: string, url: string, rest: Partial<Repository> = {}): Repository {
  return { name, url, username: '', password: '', certFile: '', keyFile: '', caFile: '', insecureSkipTlsVerify: false, passCredentialsAll: false, ...rest }
}

/** How repositories are added in tests. */
export const addOptions = { forceUpdate: false, allowDeprecatedRepos: false, timeout: 10_000 }
