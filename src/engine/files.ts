import { Buffer } from 'node:buffer'
import { posix } from 'node:path'
import { compareBytes, decode } from '../go/bytes.js'
import { GoObject, type Dict, type GoFunc, type Value } from '../go/value.js'
import type { ChartFile } from '../chart/chart.js'
import { define } from '../sprig/define.js'
import { strings } from '../sprig/typed.js'
import { compileGlob } from './glob.js'
import { toYaml } from './yaml-functions.js'

/** The files of a chart that are neither metadata, values, templates nor sub-charts, as `.Files` shows them: a map of names to bytes. */
export class Files extends GoObject {
  readonly goType = 'engine.files'
  readonly goKind = 'map'
  readonly #files: ReadonlyMap<string, Uint8Array>
  readonly #methods: ReadonlyMap<string, GoFunc> = new Map([
    ['Get', define(['string'], name => decode(this.#bytes(name)))],
    ['GetBytes', define(['string'], name => this.#bytes(name))],
    ['Glob', define(['string'], pattern => this.glob(pattern))],
    ['AsConfig', define([], () => toYaml(this.#byBaseName(data => decode(data))))],
    ['AsSecrets', define([], () => toYaml(this.#byBaseName(data => Buffer.from(data).toString('base64'))))],
    ['Lines', define(['string'], name => strings(linesOf(decode(this.#bytes(name)))))]
  ])

  /** @param files the files by name */
  constructor (files: ReadonlyMap<string, Uint8Array>) {
    super()
    this.#files = files
  }

  /** @param files a chart's files @returns them as templates see them; of two with one name the last counts */
  static of (files: readonly ChartFile[]): Files {
    return new Files(new Map(files.map(file => [file.name, file.data])))
  }

  /** @param pattern a glob @returns the files whose whole name matches it */
  glob (pattern: string): Files {
    const matches = compileGlob(pattern)
    return new Files(new Map([...this.#files].filter(([name]) => matches(name))))
  }

  override field (name: string): Value {
    return this.#bytes(name)
  }

  override method (name: string): GoFunc | undefined {
    return this.#methods.get(name)
  }

  override get elementType (): string {
    return '[]uint8'
  }

  override elements (): Dict {
    return new Map(this.#files)
  }

  #bytes (name: string): Uint8Array {
    return this.#files.get(name) ?? new Uint8Array()
  }

  /** Of two files with one base name the last by name counts, so that the same chart always gives the same text (Helm picks either). */
  #byBaseName (textOf: (data: Uint8Array) => string): Dict {
    const names = [...this.#files.keys()].sort(compareBytes)
    return new Map(names.map(name => [posix.basename(name), textOf(this.#bytes(name))]))
  }
}

function linesOf (text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}
