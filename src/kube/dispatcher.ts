import { Agent, EnvHttpProxyAgent, ProxyAgent, type Dispatcher } from 'undici'
import type { Access, KeyPair } from './access.js'

/** How long a connection may take, TLS included (client-go: 30 s to dial). */
const connectTimeout = 30_000
/** How long an answer may take: API servers give up on their own after a minute. */
const answerTimeout = 120_000
/** As many connections as client-go would open at most in a burst of its own; more only queue at the server. */
const connections = 32
const maxResponseSize = 256 * 1024 * 1024

/**
 * The connections to one cluster: TLS verified against its authority, through the proxy that its entry or the environment names.
 *
 * @param access the cluster
 * @param keyPair the client's certificate
 * @param env for HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case
 */
export function openDispatcher (access: Access, keyPair: KeyPair | undefined, env: Readonly<Record<string, string | undefined>>): Dispatcher {
  const { ca, insecure, serverName } = access.trust
  const tls = {
    rejectUnauthorized: !insecure,
    timeout: connectTimeout,
    ...ca === undefined ? {} : { ca },
    ...serverName === undefined ? {} : { servername: serverName },
    ...keyPair
  }
  const options = { connections, connect: tls, headersTimeout: answerTimeout, bodyTimeout: answerTimeout, maxResponseSize }
  if (access.proxy !== undefined) return new ProxyAgent({ ...options, uri: access.proxy, requestTls: tls })
  const httpProxy = variable(env, 'http_proxy')
  const httpsProxy = variable(env, 'https_proxy')
  if (httpProxy === '' && httpsProxy === '') return new Agent(options)
  return new EnvHttpProxyAgent({ ...options, httpProxy, httpsProxy, noProxy: variable(env, 'no_proxy'), requestTls: tls })
}

function variable (env: Readonly<Record<string, string | undefined>>, name: string): string {
  return env[name.toUpperCase()] ?? env[name] ?? ''
}
