import type { Depth } from './route.js'

/** The server whose page this is. */
export interface Server {
  /** The name that `repo add` is told to use for the repository at its root. */
  readonly alias: string
  /** Without a slash at its end. */
  readonly url: string
}

/** A repository, as commands and links name it. */
export interface Repository {
  /** Segments with `/` between them, `''` for the one at the root of a server of any depth; none where the server is one repository. */
  readonly name: string | undefined
  /** The name that `repo add` is told to use. */
  readonly alias: string
  /** Without a slash at its end. */
  readonly url: string
  /** Where its part of the API begins. */
  readonly api: string
}

/** A repository in the list. */
export interface RepositorySummary {
  readonly name: string
  readonly charts: number
  readonly versions: number
  /** What a search looks at, in lower case. */
  readonly text: string
}

/**
 * The server whose page is at an address. Its alias is the last part of the path, or the first part of the host's name; `mine` for an
 * address of numbers and for this machine.
 *
 * @param address of the page, with whatever stands after its path
 */
export function serverAt (address: string): Server {
  const { origin, hostname, pathname } = new URL(address)
  const path = pathname.replace(/\/(index\.html)?$/, '')
  const host = /^[a-z][a-z0-9-]*\./.exec(hostname)?.[0].slice(0, -1) ?? 'mine'
  return { alias: aliasOf(path, host), url: origin + path }
}

/**
 * A repository of a server. Its alias is the last segment of its name.
 *
 * @param name as routes have it
 */
export function repositoryOf ({ alias, url }: Server, name: string | undefined): Repository {
  if (name === undefined || name === '') return { name, alias, url, api: `${url}/api` }
  const path = name.split('/').map(encodeURIComponent).join('/')
  return { name, alias: aliasOf(name, alias), url: `${url}/${path}`, api: `${url}/api/${path}` }
}

/** A repository's name for a reader: the one at the root has none of its own. */
export function shownName (name: string): string {
  return name === '' ? '/' : name
}

/** A name that a repository of a server could have: `org1/repoa`. */
export function exampleName (depth: Depth): string {
  const above = depth === 'any' ? 1 : Math.max(0, depth - 1)
  return [...Array.from({ length: above }, (_, at) => `org${at + 1}`), 'repoa'].join('/')
}

/**
 * Reads the list of repositories from an answer of the API. What is not an object with a name is left out.
 *
 * @param json the array's items
 */
export function readRepositories (json: readonly unknown[]): RepositorySummary[] {
  return json.flatMap(each => {
    if (typeof each !== 'object' || each === null || !('name' in each) || typeof each.name !== 'string') return []
    const { charts, versions } = { charts: undefined, versions: undefined, ...each }
    return [{ name: each.name, charts: numberOf(charts), versions: numberOf(versions), text: shownName(each.name).toLowerCase() }]
  })
}

function numberOf (value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function aliasOf (path: string, otherwise: string): string {
  const last = path.split('/').at(-1) ?? ''
  return /^[a-z0-9][a-z0-9._-]*$/i.test(last) ? last : otherwise
}
