import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node, type YAMLMap } from 'yaml'
import { YamlError } from './errors.js'
import { formatFloat32 } from './format-float.js'
import { maxDepth } from './limits.js'
import type { Dict, Value } from './value.js'
import { resolveScalar, type Scalar } from './yaml-scalar.js'

/** Decodes the first document of a text into a value. */
export class YamlDecoder {
  readonly #anchors = new Map<string, Node>()
  readonly #open = new Set<Node>()
  readonly #strict: boolean
  readonly #lines = new LineCounter()
  readonly #duplicates: string[] = []
  #depth = 0
  #count = 0
  #aliasCount = 0
  #aliasDepth = 0

  constructor (strict: boolean) {
    this.#strict = strict
  }

  decode (text: string): Value {
    const documents = parseAllDocuments(text, { schema: 'failsafe', version: '1.1', uniqueKeys: false, strict: false, lineCounter: this.#lines, logLevel: 'silent' })
    const first: Document.Parsed | undefined = Array.isArray(documents) ? documents[0] : undefined
    const error = first?.errors[0]
    if (error !== undefined) {
      const line = this.#lines.linePos(error.pos[0]).line
      throw new YamlError('syntax', `yaml: line ${line}: ${error.message.split('\n')[0] ?? ''}`)
    }
    const value = first?.contents == null ? null : this.#value(first.contents)
    if (this.#duplicates.length > 0) throw new YamlError('duplicate-key', `yaml: unmarshal errors:\n${this.#duplicates.map(line => `  ${line}`).join('\n')}`)
    return value
  }

  #value (node: Node | null): Value {
    this.#charge()
    if (node === null) return null
    if (isAlias(node)) return this.#alias(node.source)
    if ('anchor' in node && typeof node.anchor === 'string') this.#anchors.set(node.anchor, node)
    if (isScalar(node)) return toValue(this.#scalar(node))
    if (++this.#depth > maxDepth) throw new YamlError('depth', `yaml: exceeded max depth of ${maxDepth}`)
    this.#open.add(node)
    const value = isMap(node) ? this.#map(node, new Map()) : isSeq(node) ? node.items.map(item => this.#value(item as Node)) : null
    this.#open.delete(node)
    this.#depth--
    return value
  }

  #scalar (node: { value?: unknown, type?: unknown, tag?: string }): Scalar {
    const text = typeof node.value === 'string' ? node.value : ''
    return node.type === 'PLAIN' || node.type === undefined ? resolveScalar(text) : { tag: 'str', value: text }
  }

  #map (node: YAMLMap, dict: Dict): Dict {
    for (const pair of node.items) {
      const key = pair.key as Node | null
      const value = pair.value as Node | null
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
        this.#merge(value, dict)
        continue
      }
      const name = this.#key(key)
      const decoded = this.#value(value)
      if (this.#strict && dict.has(name)) {
        this.#duplicates.push(`line ${this.#lines.linePos(value?.range?.[0] ?? 0).line}: key ${JSON.stringify(name)} already set in map`)
      } else {
        dict.set(name, decoded)
      }
    }
    return dict
  }

  #key (node: Node | null): string {
    this.#charge()
    if (isScalar(node)) {
      if (typeof node.anchor === 'string') this.#anchors.set(node.anchor, node)
      return toKey(this.#scalar(node))
    }
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source)
      if (isScalar(target)) return toKey(this.#scalar(target))
    }
    throw new YamlError('type', 'yaml: invalid map key')
  }

  #merge (node: Node | null, dict: Dict): void {
    const target = isAlias(node) ? this.#anchors.get(node.source) ?? null : node
    if (isMap(target)) {
      this.#charge()
      this.#map(target, dict)
      return
    }
    if (!isSeq(node)) throw new YamlError('type', 'yaml: map merge requires map or sequence of maps as the value')
    for (const item of [...node.items].reverse()) this.#merge(item as Node, dict)
  }

  #alias (name: string): Value {
    const target = this.#anchors.get(name)
    if (target === undefined) throw new YamlError('syntax', `yaml: unknown anchor '${name}' referenced`)
    if (this.#open.has(target)) throw new YamlError('aliasing', `yaml: anchor '${name}' value contains itself`)
    this.#aliasDepth++
    const value = this.#value(target)
    this.#aliasDepth--
    return value
  }

  #charge (): void {
    this.#count++
    if (this.#aliasDepth > 0) this.#aliasCount++
    if (this.#aliasCount > 100 && this.#count > 1000 && this.#aliasCount / this.#count > allowedRatio(this.#count)) {
      throw new YamlError('aliasing', 'yaml: document contains excessive aliasing')
    }
  }
}

function allowedRatio (count: number): number {
  if (count <= 400_000) return 0.99
  if (count >= 4_000_000) return 0.10
  return 0.99 - 0.89 * (count - 400_000) / 3_600_000
}

function toValue (scalar: Scalar): Value {
  return typeof scalar.value === 'bigint' ? Number(scalar.value) : scalar.value
}

function toKey ({ tag, value }: Scalar): string {
  if (tag === 'float' && typeof value === 'number') {
    const text = formatFloat32(value)
    return text === '+Inf' ? '.inf' : text === '-Inf' ? '-.inf' : text === 'NaN' ? '.nan' : text
  }
  if (value === null) throw new YamlError('type', 'unsupported map key of type: %!s(<nil>), key: <nil>')
  return String(value)
}
