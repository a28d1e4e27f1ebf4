import type { GoObject, Value } from '../go/value.js'
import { quote } from '../go/strconv.js'
import { define } from '../sprig/define.js'
import { EngineError } from './errors.js'
import { GoStruct } from './go-struct.js'

/** A version of Kubernetes, as `.Capabilities.KubeVersion` shows it. */
export class KubeVersion extends GoStruct {
  /** As it was given, with a `v` and its vendor's suffix: `v1.33.4-gke.1245000`. */
  readonly version: string
  /** Without suffix, `v1.33.4`: what constraints are checked against. */
  readonly normalized: string

  private constructor (version: string, normalized: string, major: string, minor: string) {
    const methods = [
      ['String', define([], () => normalized)],
      ['GitVersion', define([], () => version)]
    ] as const
    super('common.KubeVersion', exported(version, major, minor), methods)
    this.version = version
    this.normalized = normalized
  }

  /**
   * Reads a version as Helm's --kube-version does (k8s.io/apimachinery's ParseGeneric).
   *
   * @param text at least two numbers, with or without a `v` before and anything behind
   * @returns the version
   * @throws {EngineError} `kube-version`
   */
  static parse (text: string): KubeVersion {
    const numbers = /^\s*v?(\d+(?:\.\d+)*)/.exec(text)?.[1]
    if (numbers === undefined || /\n/.test(text)) throw new EngineError('kube-version', `could not parse ${quote(text)} as version`)
    const components = numbers.split('.')
    const [major = '', minor = ''] = components.map(component => component.replace(/^0+(?=\d)/, ''))
    if (components.length < 2) throw new EngineError('kube-version', `illegal version string ${quote(text)}`)
    if (major !== components[0]) {
      throw new EngineError('kube-version', `illegal zero-prefixed version component ${quote(components[0] ?? '')} in ${quote(text)}`)
    }
    const normalized = `v${components.map(component => component.replace(/^0+(?=\d)/, '')).join('.')}`
    return new KubeVersion(text.startsWith('v') ? text : `v${text}`, normalized, major, minor)
  }

  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return printedFields(this, this.normalized)
  }

  override jsonFields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return super.fields()
  }

  /** `String` wants a pointer: only an action that reads it from the capabilities has one. */
  override inPlace (): string {
    return this.normalized
  }

  override passed (): GoObject {
    return new CopiedKubeVersion(this, this.normalized)
  }
}

/** A version of Kubernetes that a function got or gave: a copy, without the methods of a pointer. */
class CopiedKubeVersion extends GoStruct {
  readonly #original: GoStruct
  readonly #normalized: string

  constructor (original: GoStruct, normalized: string) {
    super(original.goType, original.jsonFields())
    this.#original = original
    this.#normalized = normalized
  }

  override fields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return printedFields(this.#original, this.#normalized)
  }

  override jsonFields (): ReadonlyArray<readonly [name: string, value: Value]> {
    return super.fields()
  }

  override deepCopied (): GoObject {
    return new CopiedKubeVersion(this.#original, '')
  }
}

function exported (version: string, major: string, minor: string): Array<readonly [string, Value]> {
  return [['Version', version], ['Major', major], ['Minor', minor]]
}

/** What `%v` shows: the fields of the Go struct, the one for itself included. */
function printedFields (version: GoStruct, normalized: string): Array<readonly [string, Value]> {
  const [first, ...others] = version.jsonFields()
  return [...first === undefined ? [] : [first], ['normalizedVersion', normalized], ...others]
}
