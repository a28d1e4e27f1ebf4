/** What stands in the kubeconfig; certificates and keys are PEM. */
export interface KubeconfigParts {
  /** `https://127.0.0.1:PORT` */
  readonly server: string
  readonly ca: string
  /** The administrator's bearer token. */
  readonly token: string
  /** The administrator's client certificate. */
  readonly certificate: string
  readonly key: string
  /** Further people, who sign in with tokens. */
  readonly users: readonly { readonly name: string, readonly token: string }[]
}

/**
 * The text of a kubeconfig that needs no other file. Its contexts are `admin` (current: a token), `admin-certificate` (a client
 * certificate), and one named for each further user.
 *
 * @param parts what stands in it
 * @returns JSON, which every reader of YAML reads
 */
export function kubeconfigText (parts: KubeconfigParts): string {
  const users = [
    { name: 'admin', user: { token: parts.token } },
    {
      name: 'admin-certificate',
      user: { 'client-certificate-data': base64(parts.certificate), 'client-key-data': base64(parts.key) }
    },
    ...parts.users.map(({ name, token }) => ({ name, user: { token } }))
  ]
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: parts.server, 'certificate-authority-data': base64(parts.ca) } }],
    users,
    contexts: users.map(({ name }) => ({ name, context: { cluster: 'test', user: name } })),
    'current-context': 'admin'
  }
  return `${JSON.stringify(config, null, 2)}\n`
}

function base64 (text: string): string {
  return Buffer.from(text).toString('base64')
}
