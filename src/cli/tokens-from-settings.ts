import { fetch } from 'undici'
import { JwksFileKeys, parseJwks } from '../access/jwks-keys.js'
import { JwksUrlKeys } from '../access/jwks-url-keys.js'
import { parsePemKeys, PemTokenKeys } from '../access/pem-keys.js'
import type { TokenKeys } from '../access/token-keys.js'
import { Tokens } from '../access/tokens.js'
import type { ServerSettings } from '../config/definitions.js'
import { fetchText } from '../server/fetch-text.js'
import type { Openings } from './openings.js'

/**
 * Reads the keys that settings name.
 *
 * @param openings is told what is to be looked at again
 * @returns what reads tokens by them
 * @throws {ConfigError | AccessError} naming the file that cannot be used
 */
export async function openTokens (settings: ServerSettings, openings: Openings): Promise<Tokens> {
  const keys: TokenKeys[] = []
  if (settings.authCertPath !== '') keys.push(new PemTokenKeys(await openings.file(settings.authCertPath, parsePemKeys)))
  if (settings.authJwksPath !== '') keys.push(new JwksFileKeys(await openings.file(settings.authJwksPath, parseJwks)))
  if (settings.authJwksUrl !== '') {
    const address = keysAt(settings.authJwksUrl, openings)
    // The first requests need not wait for them; a server whose token server is away still starts.
    await address.refresh()
    keys.push(address)
  }
  return new Tokens({ keys, clock: openings.surroundings.clock, audience: settings.authAudience || undefined, issuer: settings.authIssuer || undefined })
}

function keysAt (url: string, { looks, surroundings: { clock, onFault } }: Openings): JwksUrlKeys {
  const keys = new JwksUrlKeys({ url, clock, onFault, fetchText: each => fetchText(each, { fetch, timeout: 5000, maxBytes: 1024 * 1024 }) })
  looks.push(() => keys.refresh())
  return keys
}
