import { BlockList, isIP } from 'node:net'

/** Variables by name; absent is undefined. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Which proxy a request goes through, by the rules of Go's net/http (so that a machine set up for `helm` works): `HTTP_PROXY` for
 * http, `HTTPS_PROXY` for https, upper case before lower; never for localhost and loopback addresses; `NO_PROXY` lists hosts
 * (`example.com` with its sub-domains, `.example.com` only those), addresses, CIDR ranges, each with an optional port, or `*`.
 *
 * @param env the environment's variables
 * @returns the proxy's URL for a request's URL, or undefined to go directly
 */
export function proxyRules (env: Environment): (url: URL) => URL | undefined {
  const http = proxyUrl(variable(env, 'HTTP_PROXY'))
  const https = proxyUrl(variable(env, 'HTTPS_PROXY'))
  const exceptions = variable(env, 'NO_PROXY').split(',').map(entry => entry.trim().toLowerCase()).filter(entry => entry !== '')
  return url => {
    const proxy = url.protocol === 'https:' ? https : http
    return proxy === undefined || goesDirectly(url, exceptions) ? undefined : proxy
  }
}

function variable (env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || ''
}

function proxyUrl (text: string): URL | undefined {
  if (text === '') return undefined
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  return URL.canParse(withScheme) ? new URL(withScheme) : undefined
}

function goesDirectly (url: URL, exceptions: readonly string[]): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || isLoopback(host)) return true
  return exceptions.some(exception => matches(exception, host, port))
}

function isLoopback (host: string): boolean {
  return (isIP(host) === 4 && host.startsWith('127.')) || host === '::1'
}

function matches (exception: string, host: string, port: string): boolean {
  if (exception === '*') return true
  const range = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(exception)
  if (range !== null) return isInRange(host, range[1] ?? '', Number(range[2]))
  const [name, wantedPort] = splitPort(exception)
  if (wantedPort !== undefined && wantedPort !== port) return false
  if (isIP(name) !== 0 || isIP(host) !== 0) return name === host
  const domain = name.replace(/^\*\./, '.')
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

function splitPort (exception: string): [string, string | undefined] {
  const bracketed = /^\[(.*)\](?::(\d+))?$/.exec(exception)
  if (bracketed !== null) return [bracketed[1] ?? '', bracketed[2]]
  const named = isIP(exception) === 0 ? /^(.*):(\d+)$/.exec(exception) : null
  return named === null ? [exception, undefined] : [named[1] ?? '', named[2]]
}

function isInRange (host: string, base: string, bits: number): boolean {
  const family = isIP(base)
  if (family === 0 || isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(base, bits, kind)
  return list.check(host, kind)
}
