import type { Access } from './getter.js'
import type { Repository } from './repository.js'

/** What Helm's chart-path flags say about where a chart is and how it is fetched. An empty text means: not given. */
export interface ChartPathOptions {
  /** A version or a constraint; the newest stable version when empty. */
  readonly version: string
  /** URL of a repository that need not be configured. */
  readonly repo: string
  readonly verify: boolean
  readonly keyring: string
  readonly username: string
  readonly password: string
  readonly certFile: string
  readonly keyFile: string
  readonly caFile: string
  readonly insecureSkipTlsVerify: boolean
  /** For registries. */
  readonly plainHttp: boolean
  readonly passCredentials: boolean
}

/** The access that the flags give, for one origin. */
export function accessFor (options: ChartPathOptions, origin: string): Access {
  const { username, password, certFile, keyFile, caFile, insecureSkipTlsVerify, passCredentials } = options
  return { origin, username, password, certFile, keyFile, caFile, insecureSkipTlsVerify, passCredentials }
}

/**
 * The access of a chart of a configured repository: the repository's name and password, or its certificates, take the place of the
 * flags' where it has them (Helm's order). Unlike in Helm, its insecure_skip_tls_verify counts for its charts as for its index.
 */
export function accessWith (options: ChartPathOptions, repository: Repository): Access {
  const flags = accessFor(options, repository.url)
  const { username, password, certFile, keyFile, caFile, insecureSkipTlsVerify, passCredentialsAll } = repository
  const named = username !== '' && password !== ''
  const certified = certFile !== '' || keyFile !== '' || caFile !== ''
  return {
    ...flags,
    ...(named ? { username, password } : {}),
    ...(certified ? { certFile, keyFile, caFile } : {}),
    insecureSkipTlsVerify: options.insecureSkipTlsVerify || insecureSkipTlsVerify,
    passCredentials: options.passCredentials || (named && passCredentialsAll)
  }
}
