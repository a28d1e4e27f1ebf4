import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Access, AccessOptions, Credential } from './access.js'
import { fileText } from './pem.js'
import { serverUrl } from './server-url.js'
import { TokenFile } from './token-file.js'

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Whether this process runs in a pod with a service account (client-go's inClusterClientConfig.Possible). */
export async function inClusterPossible (options: AccessOptions): Promise<boolean> {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = options.env
  if (host === '' || port === '') return false
  try {
    return (await stat(join(directoryOf(options), 'token'))).isFile()
  } catch {
    return false
  }
}

/**
 * Access as a pod has it: the API server's address from the environment, the mounted token and authority.
 *
 * @throws {KubeError} kubeconfig, when a mounted file cannot be read
 */
export async function inClusterAccess (options: AccessOptions): Promise<Access> {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = options.env
  const directory = directoryOf(options)
  const insecure = options.insecureSkipTlsVerify === true
  return {
    server: serverUrl(options.apiServer ?? `https://${host.includes(':') ? `[${host}]` : host}:${port}`),
    namespace: options.env['POD_NAMESPACE'] ?? await mountedNamespace(directory),
    trust: {
      insecure,
      ...insecure ? {} : { ca: await fileText(options.caFile ?? join(directory, 'ca.crt')) },
      ...options.tlsServerName === undefined ? {} : { serverName: options.tlsServerName }
    },
    credential: podCredential(options, new TokenFile(join(directory, 'token'), options.clock)),
    headers: []
  }
}

function directoryOf ({ serviceAccountDirectory }: AccessOptions): string {
  return serviceAccountDirectory ?? mounted
}

async function mountedNamespace (directory: string): Promise<string> {
  try {
    return (await readFile(join(directory, 'namespace'), 'utf8')).trim() || 'default'
  } catch {
    return 'default'
  }
}

function podCredential ({ token }: AccessOptions, file: TokenFile): Credential {
  return {
    authorization: async () => `Bearer ${token ?? await file.token()}`,
    keyPair: async () => undefined,
    renew: async () => {
      file.forget()
      return token === undefined
    }
  }
}
