import type { Flag } from './command.js'
import type { Flags } from './flags.js'
import type { ChartPathOptions } from '../remote/chart-path-options.js'

/** The flags on how a server is spoken to: who asks, and how TLS is checked. */
export const accessFlags: readonly Flag[] = [
  { name: 'ca-file', type: 'string', usage: 'check servers against the certificate authorities in this file' },
  { name: 'cert-file', type: 'string', usage: 'show this TLS certificate to the server' },
  { name: 'insecure-skip-tls-verify', type: 'bool', usage: "do not check the server's TLS certificate" },
  { name: 'key-file', type: 'string', usage: 'the key of the TLS certificate' },
  { name: 'password', type: 'string', usage: "the repository's password" },
  { name: 'plain-http', type: 'bool', usage: 'use HTTP without TLS for registries' },
  { name: 'username', type: 'string', usage: "the repository's user name" }
]

/** The flags of every command that takes a chart: where it is, and how it is fetched. */
export const chartPathFlags: readonly Flag[] = [
  ...accessFlags,
  { name: 'keyring', type: 'string', usage: 'the public keys that signatures are checked with' },
  { name: 'pass-credentials', type: 'bool', usage: 'show name, password and certificate to every host, not only to the repository' },
  { name: 'repo', type: 'string', usage: 'look for the chart in the repository at this URL' },
  { name: 'verify', type: 'bool', usage: "check the chart's signature before using it" },
  { name: 'version', type: 'string', usage: 'the version of the chart, or a constraint such as ^2.0.0; the newest one when left out' }
]

/** The flag that lets pre-releases in. */
export const develFlag: Flag = {
  name: 'devel', type: 'bool', usage: "take pre-releases too, as --version '>0.0.0-0' does; --version goes before it"
}

/**
 * Reads the chart-path flags, and `--devel` where the command has it.
 *
 * @param flags the call's
 * @param options whether the command has `--devel`
 */
export function chartPathOptions (flags: Flags, { devel }: { readonly devel: boolean }): ChartPathOptions {
  const given = flags.string('version')
  return {
    version: given === '' && devel && flags.bool('devel') ? '>0.0.0-0' : given,
    repo: flags.string('repo'),
    verify: flags.bool('verify'),
    keyring: flags.string('keyring'),
    username: flags.string('username'),
    password: flags.string('password'),
    certFile: flags.string('cert-file'),
    keyFile: flags.string('key-file'),
    caFile: flags.string('ca-file'),
    insecureSkipTlsVerify: flags.bool('insecure-skip-tls-verify'),
    plainHttp: flags.bool('plain-http'),
    passCredentials: flags.bool('pass-credentials')
  }
}
