import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import type { Access } from './getter.js'
import { type Environment, proxyRules } from './proxy.js'
import { systemAuthorities, tlsOptions, type TlsOptions } from './tls.js'

/** Gives the connections that a request goes over. */
export type Dispatchers = (url: URL, access: Access) => Promise<Dispatcher>

/** Go's dialer keeps trying for as long as the system does; half a minute finds everything that answers. */
const connectTimeout = 30_000

/**
 * Connections made as the environment and the access say: through a proxy or not, with which certificates. Those made alike are shared.
 *
 * @param env the environment's variables (proxies, SSL_CERT_FILE)
 * @param cwd what relative paths of certificates start from
 * @returns a Dispatchers; it rejects with RemoteError tls when a certificate file is not what it should be
 */
export function createDispatchers (env: Environment, cwd: string): Dispatchers {
  const proxyFor = proxyRules(env)
  const surroundings = { system: systemAuthorities(env), cwd }
  const made = new Map<string, Dispatcher>()
  return async (url, access) => {
    const secure = url.protocol === 'https:'
    const proxy = proxyFor(url)
    const tls = await tlsOptions(url, access, surroundings)
    const key = JSON.stringify([secure, proxy?.href, tls])
    const dispatcher = made.get(key) ?? createDispatcher(secure, proxy, tls)
    made.set(key, dispatcher)
    return dispatcher
  }
}

function createDispatcher (secure: boolean, proxy: URL | undefined, tls: TlsOptions): Dispatcher {
  // The getter's own limit of time rules: it covers the whole request.
  const patience = { headersTimeout: 0, bodyTimeout: 0 }
  const connect = { timeout: connectTimeout, ...tls }
  if (proxy === undefined) return new Agent({ ...patience, connect })
  // Plain http is asked of the proxy itself, as Go does; many proxies tunnel to port 443 only.
  return new ProxyAgent({ ...patience, uri: proxy.href, requestTls: connect, proxyTunnel: secure, ...proxyToken(proxy) })
}

function proxyToken ({ username, password }: URL): { token?: string } {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { token: `Basic ${Buffer.from(pair).toString('base64')}` }
}
