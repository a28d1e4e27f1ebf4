import { kindOf } from '../go/type-name.js'
import type { Dict, Value } from '../go/value.js'
import { define, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'
import { formatUrl, hostnameOf, parseUrl, type GoUrl } from './url.js'

/** Sprig's functions that take URLs apart and put them together. */
export const urlFunctions: FunctionTable = new Map([
  ['urlParse', define(['string'], text => urlParts(prefixed('unable to parse url: ', () => parseUrl(text))))],
  ['urlJoin', define(['dict'], parts => formatUrl(urlOf(parts)))]
])

function urlParts (url: GoUrl): Dict {
  return new Map<string, Value>([
    ['scheme', url.scheme],
    ['host', url.host],
    ['hostname', hostnameOf(url.host)],
    ['path', url.path],
    ['query', url.query],
    ['opaque', url.opaque],
    ['fragment', url.fragment],
    ['userinfo', url.userinfo ?? '']
  ])
}

function urlOf (parts: Dict): GoUrl {
  const userinfo = textAt(parts, 'userinfo')
  return {
    scheme: textAt(parts, 'scheme'),
    host: textAt(parts, 'host'),
    path: textAt(parts, 'path'),
    rawPath: '',
    query: textAt(parts, 'query'),
    opaque: textAt(parts, 'opaque'),
    fragment: textAt(parts, 'fragment'),
    userinfo: userinfo === '' ? undefined : prefixed('unable to parse userinfo in dict: ', () => parseUrl(`proto://${userinfo}@host`)).userinfo
  }
}

function textAt (parts: Dict, key: string): string {
  const value = parts.get(key)
  if (value === undefined) return ''
  if (value === null) throw new SprigError('nil', 'runtime error: invalid memory address or nil pointer dereference')
  if (typeof value !== 'string') throw new SprigError('type', `unable to parse ${key} key, must be of type string, but ${kindOf(value)} found`)
  return value
}

function prefixed<T> (prefix: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof SprigError) throw new SprigError('syntax', prefix + error.message, { cause: error })
    throw error
  }
}
