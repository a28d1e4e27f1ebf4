/** A person or team that a chart names. */
export interface Maintainer {
  readonly name: string
  readonly email: string
  readonly url: string
}

export interface Dependency {
  readonly name: string
  readonly version: string
  readonly repository: string
}

/** A version of a chart as the page shows it; a text that is not given is empty. All of it is hostile text. */
export interface ChartVersion {
  readonly name: string
  readonly version: string
  readonly appVersion: string
  readonly description: string
  readonly icon: string
  readonly home: string
  readonly type: string
  readonly kubeVersion: string
  readonly digest: string
  /** Milliseconds since 1970; nothing when not given, or not a time. */
  readonly created: number | undefined
  readonly deprecated: boolean
  readonly sources: readonly string[]
  readonly keywords: readonly string[]
  readonly urls: readonly string[]
  readonly maintainers: readonly Maintainer[]
  readonly dependencies: readonly Dependency[]
}

/** A chart in the list. */
export interface Chart {
  readonly name: string
  /** The version that stands for the chart. */
  readonly newest: ChartVersion
  readonly versions: number
  /** When one of its versions was last published; 0 when none says. */
  readonly updated: number
  /** What a search looks at, in lower case. */
  readonly text: string
}

type Fields = ReadonlyMap<string, unknown>

/**
 * Reads the versions of a chart from an answer of the API. What is not an object with a name and a version is left out; a field of another
 * type counts as not given.
 *
 * @param json an array of versions, the newest first
 */
export function readVersions (json: unknown): ChartVersion[] {
  return fieldsOf(json).map(readVersion).filter(({ name, version }) => name !== '' && version !== '')
}

/**
 * Makes the list's entry of a chart.
 *
 * @param versions the newest first
 * @returns nothing when there is no version
 */
export function summarise (versions: readonly ChartVersion[]): Chart | undefined {
  const newest = newestOf(versions)
  if (newest === undefined) return undefined
  const updated = versions.reduce((latest, { created = 0 }) => Math.max(latest, created), 0)
  const text = [newest.name, newest.description, newest.appVersion, ...newest.keywords].join('\n').toLowerCase()
  return { name: newest.name, newest, versions: versions.length, updated, text }
}

/**
 * The version that Helm installs when none is asked for: the highest that is no pre-release, or else the highest of all.
 *
 * @param versions the newest first
 */
export function newestOf (versions: readonly ChartVersion[]): ChartVersion | undefined {
  return versions.find(({ version }) => !isPrerelease(version)) ?? versions[0]
}

/** Whether a version has a pre-release part (Semantic Versioning 2.0, 9): a dash before any `+`. */
export function isPrerelease (version: string): boolean {
  return version.replace(/\+.*$/s, '').includes('-')
}

function readVersion (fields: Fields): ChartVersion {
  const text = (key: string): string => textOf(fields.get(key))
  return {
    name: text('name'),
    version: text('version'),
    appVersion: text('appVersion'),
    description: text('description'),
    icon: text('icon'),
    home: text('home'),
    type: text('type'),
    kubeVersion: text('kubeVersion'),
    digest: text('digest').replace(/^sha256:/, ''),
    created: timeOf(text('created')),
    deprecated: fields.get('deprecated') === true,
    sources: textsOf(fields.get('sources')),
    keywords: textsOf(fields.get('keywords')),
    urls: textsOf(fields.get('urls')),
    maintainers: fieldsOf(fields.get('maintainers')).map(each => ({ name: textOf(each.get('name')), email: textOf(each.get('email')), url: textOf(each.get('url')) })),
    dependencies: fieldsOf(fields.get('dependencies')).map(each => ({ name: textOf(each.get('name')), version: textOf(each.get('version')), repository: textOf(each.get('repository')) }))
  }
}

function textOf (value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function textsOf (value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter(text => text !== '') : []
}

function fieldsOf (value: unknown): Fields[] {
  if (!Array.isArray(value)) return []
  return value.filter((each: unknown) => typeof each === 'object' && each !== null).map((each: object) => new Map<string, unknown>(Object.entries(each)))
}

/** Go writes the year 1 for a time that was never set. */
function timeOf (text: string): number | undefined {
  const time = Date.parse(text)
  return time > 0 ? time : undefined
}
