import { ReleaseError } from './errors.js'

/** Words of a connection string by their key, such as `host`, `dbname`, `sslmode`. */
export type ConnectionWords = ReadonlyMap<string, string>

/**
 * Takes a connection string of PostgreSQL apart, as lib/pq does, which Helm gives it to: a URL (`postgres://user:word@host:5432/db?sslmode=disable`),
 * or keys and values (`host=localhost dbname='my db'`, a backslash before a quote or backslash). Of equal keys the last counts; parts of
 * a URL that are empty count as not there. The text, which may hold a password, stands in no error.
 *
 * @param text the string; empty for none
 * @throws {ReleaseError} invalid-connection
 */
export function connectionWords (text: string): ConnectionWords {
  const words = /^postgres(?:ql)?:\/\//.test(text) ? wordsOfUrl(text) : wordsOfPairs(text)
  const database = words.get('database')
  if (database !== undefined) words.set('dbname', database)
  words.delete('database')
  return words
}

function wordsOfUrl (text: string): Map<string, string> {
  const match = /^\w+:\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/s.exec(text)
  if (match === null) throw invalid('the URL cannot be read')
  const [, user = '', host = '', port = '', path = '', query = ''] = match
  const colon = user.indexOf(':')
  const words: Array<[string, string]> = [
    ['user', decoded(colon < 0 ? user : user.slice(0, colon))],
    ['password', colon < 0 ? '' : decoded(user.slice(colon + 1))],
    ['host', decoded(host.replace(/^\[(.*)\]$/, '$1'))],
    ['port', decoded(port)],
    ['dbname', decoded(path)],
    ...new URLSearchParams(query)
  ]
  return new Map(words.filter(([, value]) => value !== ''))
}

function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw invalid('the URL holds an invalid escape', error)
  }
}

/** One key and value: spaces may stand around the `=`; a value is in quotes, or ends at a space. */
const pair = /\s*([^\s=]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*|))(?=\s|$)\s*/ysu

function wordsOfPairs (text: string): Map<string, string> {
  const words = new Map<string, string>()
  const rest = text.trimEnd()
  for (let at = 0; at < rest.length; at = pair.lastIndex) {
    pair.lastIndex = at
    const match = pair.exec(rest)
    if (match === null) throw invalid(`${complaint(rest.slice(at))} in connection info string`)
    words.set(match[1] ?? '', (match[2] ?? match[3] ?? '').replace(/\\(.)/gsu, '$1'))
  }
  return words
}

/** What is wrong from here on, in lib/pq's words. */
function complaint (rest: string): string {
  const key = /^\s*([^\s=]*)\s*(=?)\s*('?)/.exec(rest)
  if (key?.[2] !== '=') return `missing "=" after ${JSON.stringify(key?.[1] ?? '')}`
  return key[3] === "'" ? 'unterminated quoted string literal' : 'missing character after backslash'
}

function invalid (reason: string, cause?: unknown): ReleaseError {
  return new ReleaseError('invalid-connection', `HELM_DRIVER_SQL_CONNECTION_STRING: ${reason}`, { cause })
}
