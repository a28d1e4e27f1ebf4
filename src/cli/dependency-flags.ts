import type { Flag } from './command.js'

/** The flags of the commands that fetch a chart's dependencies. Those on identity and TLS are for registries, as in Helm: repositories have their own. */
export const dependencyFlags: readonly Flag[] = [
  { name: 'ca-file', type: 'string', usage: 'check registries against the certificate authorities in this file' },
  { name: 'cert-file', type: 'string', usage: 'show this TLS certificate to registries' },
  { name: 'insecure-skip-tls-verify', type: 'bool', usage: "do not check registries' TLS certificates" },
  { name: 'key-file', type: 'string', usage: 'the key of the TLS certificate' },
  { name: 'keyring', type: 'string', usage: 'the public keys that signatures are checked with' },
  { name: 'password', type: 'string', usage: "the registry's password" },
  { name: 'plain-http', type: 'bool', usage: 'use HTTP without TLS for registries' },
  { name: 'skip-refresh', type: 'bool', usage: 'do not refresh the local repository cache' },
  { name: 'username', type: 'string', usage: "the registry's user name" },
  { name: 'verify', type: 'bool', usage: 'verify the packages against signatures' }
]
