import type { Access } from './getter.js'

/** One configured repository, as an entry of repositories.yaml has it. An empty text means: none. */
export interface Repository {
  readonly name: string
  readonly url: string
  readonly username: string
  readonly password: string
  readonly certFile: string
  readonly keyFile: string
  readonly caFile: string
  readonly insecureSkipTlsVerify: boolean
  readonly passCredentialsAll: boolean
}

/** Whether two entries say the same in every field. */
export function sameRepository (a: Repository, b: Repository): boolean {
  return a.name === b.name && a.url === b.url && a.username === b.username && a.password === b.password &&
    a.certFile === b.certFile && a.keyFile === b.keyFile && a.caFile === b.caFile &&
    a.insecureSkipTlsVerify === b.insecureSkipTlsVerify && a.passCredentialsAll === b.passCredentialsAll
}

/** What a repository's own files are fetched with. */
export function accessOf (repository: Repository): Access {
  const { url, username, password, certFile, keyFile, caFile, insecureSkipTlsVerify, passCredentialsAll } = repository
  return { origin: url, username, password, certFile, keyFile, caFile, insecureSkipTlsVerify, passCredentials: passCredentialsAll }
}
