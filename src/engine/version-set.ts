import { GoObject, type GoFunc, type List } from '../go/value.js'
import { define } from '../sprig/define.js'

/** The API versions of a cluster, as `.Capabilities.APIVersions` shows them: a list with a method `Has`. */
export class VersionSet extends GoObject {
  readonly goType = 'common.VersionSet'
  readonly goKind = 'slice'
  readonly versions: readonly string[]
  readonly #known: ReadonlySet<string>

  /** @param versions such as `apps/v1` and, from a live cluster, `apps/v1/Deployment` */
  constructor (versions: readonly string[]) {
    super()
    this.versions = versions
    this.#known = new Set(versions)
  }

  /** @param version a group and version, or those and a kind @returns whether the cluster has it */
  has (version: string): boolean {
    return this.#known.has(version)
  }

  override field (): undefined {
    return undefined
  }

  override method (name: string): GoFunc | undefined {
    return name === 'Has' ? define(['string'], version => this.has(version)) : undefined
  }

  override elements (): List {
    return [...this.versions]
  }
}
