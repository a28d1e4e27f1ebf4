import { quote } from '../go/strconv.js'
import { GoObject, type Value } from '../go/value.js'
import { TemplateSet } from '../template/template.js'

/** The Helm release whose behaviour this program follows. */
export const helmVersion = 'v4.3.1'

/** The Kubernetes release whose API that Helm was built for. */
const kubeClientVersion = 'v1.37'

/** What `version` tells, field by field, in the order in which it is printed: Helm's fields, then ours. */
export type BuildInfo = ReadonlyMap<string, string>

/**
 * Puts together what `version` tells. Helm's own fields come first and mean the same; no Go took part in this program.
 *
 * @param portolanVersion this program's version
 * @param nodeVersion such as `v20.19.0`
 */
export function buildInfo (portolanVersion: string, nodeVersion: string): BuildInfo {
  return new Map([
    ['Version', helmVersion],
    ['GitCommit', ''],
    ['GitTreeState', ''],
    ['GoVersion', ''],
    ['KubeClientVersion', kubeClientVersion],
    ['PortolanVersion', portolanVersion],
    ['NodeVersion', nodeVersion]
  ])
}

/** The line that `helm version` prints: the struct as Go's `%#v` has it. */
export function printBuildInfo (info: BuildInfo): string {
  return `version.BuildInfo{${[...info].map(([name, value]) => `${name}:${quote(value)}`).join(', ')}}`
}

/** A semantic version: Helm's, with ours as its build metadata. */
export function shortVersion (info: BuildInfo): string {
  return `${helmVersion}+portolan.${info.get('PortolanVersion') ?? ''}`
}

/**
 * Runs a Go template on the version, without functions beyond Go's own.
 *
 * @param template such as `{{.Version}}`
 * @param info what it may print
 * @throws {TemplateError} parse or exec, in Go's words
 */
export function runVersionTemplate (template: string, info: BuildInfo): string {
  const set = new TemplateSet({ functions: new Map(), missingKey: 'default', name: '_' })
  set.parse('_', template)
  return set.execute('_', new BuildInfoStruct(info))
}

class BuildInfoStruct extends GoObject {
  readonly goType = 'version.BuildInfo'
  readonly goKind = 'struct'
  readonly #info: BuildInfo

  constructor (info: BuildInfo) {
    super()
    this.#info = info
  }

  override field (name: string): Value | undefined {
    return this.#info.get(name)
  }
}
