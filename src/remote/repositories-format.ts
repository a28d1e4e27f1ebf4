import { RemoteError } from './errors.js'
import type { Repository } from './repository.js'
import { messageOf } from '../errors.js'
import { formatFloat } from '../go/strconv.js'
import { GoTime } from '../go/time.js'
import type { Dict, Value } from '../go/value.js'
import { marshalYaml, unmarshalYaml } from '../go/yaml.js'

/** What repositories.yaml holds. */
export interface Repositories {
  readonly apiVersion: string
  /** RFC 3339; Helm writes back what it read. */
  readonly generated: string
  readonly repositories: readonly Repository[]
}

/** What Helm makes of a file that is not there: its first `repo add` writes exactly this and the entry. */
export const noRepositories: Repositories = { apiVersion: '', generated: '0001-01-01T00:00:00Z', repositories: [] }

/**
 * Reads the text of repositories.yaml as Helm does: unknown keys are passed over, names of keys match in any case, numbers and
 * booleans where a text belongs become texts.
 *
 * @param text YAML
 * @param path named in errors
 * @throws {RemoteError} invalid-repositories-file
 */
export function parseRepositories (text: string, path: string): Repositories {
  const fail = (what: string, cause?: unknown): RemoteError => new RemoteError('invalid-repositories-file', `couldn't load repositories file (${path}): ${what}`, { cause })
  const root = parseYaml(text, fail)
  if (root === null) return noRepositories
  if (!(root instanceof Map)) throw fail('it holds no map')
  const list = fieldOf(root, 'repositories') ?? null
  if (list !== null && !Array.isArray(list)) throw fail('repositories is no list')
  return {
    apiVersion: textField(root, 'apiVersion', fail),
    generated: generatedOf(root, fail),
    repositories: (list ?? []).map((entry, i) => parseEntry(entry, what => fail(`repositories[${i}]: ${what}`)))
  }
}

/** The text of repositories.yaml, byte for byte as Helm writes it. */
export function formatRepositories ({ apiVersion, generated, repositories }: Repositories): string {
  return marshalYaml(new Map<string, Value>([
    ['apiVersion', apiVersion],
    ['generated', generated],
    ['repositories', repositories.map(formatEntry)]
  ]))
}

function formatEntry (entry: Repository): Dict {
  return new Map<string, Value>([
    ['caFile', entry.caFile],
    ['certFile', entry.certFile],
    ['insecure_skip_tls_verify', entry.insecureSkipTlsVerify],
    ['keyFile', entry.keyFile],
    ['name', entry.name],
    ['pass_credentials_all', entry.passCredentialsAll],
    ['password', entry.password],
    ['url', entry.url],
    ['username', entry.username]
  ])
}

type Fail = (what: string, cause?: unknown) => RemoteError

function parseYaml (text: string, fail: Fail): Value {
  try {
    return unmarshalYaml(text)
  } catch (error) {
    throw fail(messageOf(error), error)
  }
}

function parseEntry (entry: Value, fail: Fail): Repository {
  if (!(entry instanceof Map)) throw fail('it is no map')
  const text = (key: string): string => textField(entry, key, fail)
  const flag = (key: string): boolean => boolField(entry, key, fail)
  return {
    name: text('name'),
    url: text('url'),
    username: text('username'),
    password: text('password'),
    certFile: text('certFile'),
    keyFile: text('keyFile'),
    caFile: text('caFile'),
    insecureSkipTlsVerify: flag('insecure_skip_tls_verify'),
    passCredentialsAll: flag('pass_credentials_all')
  }
}

/** The value of a key, in whatever case it is written (encoding/json's rule); undefined when absent. */
function fieldOf (dict: Dict, key: string): Value | undefined {
  const exact = dict.get(key)
  if (exact !== undefined) return exact
  for (const [name, value] of dict) if (name.toLowerCase() === key.toLowerCase()) return value
  return undefined
}

function textField (dict: Dict, key: string, fail: Fail): string {
  const value = fieldOf(dict, key) ?? null
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(0) : formatFloat(value, 'g', -1)
  throw fail(`${key} is no text`)
}

function boolField (dict: Dict, key: string, fail: Fail): boolean {
  const value = fieldOf(dict, key) ?? null
  if (value === null) return false
  if (typeof value === 'boolean') return value
  throw fail(`${key} is neither true nor false`)
}

function generatedOf (root: Dict, fail: Fail): string {
  const text = textField(root, 'generated', fail)
  if (text === '') return noRepositories.generated
  try {
    return GoTime.parseRfc3339(text).rfc3339Nano()
  } catch (error) {
    throw fail(`generated: ${messageOf(error)}`, error)
  }
}
