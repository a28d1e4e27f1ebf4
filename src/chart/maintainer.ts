import type { Value } from '../go/value.js'
import { readString, readStruct, type Place } from './decode.js'
import { withoutEmpty, type Draft } from './draft.js'
import { JsonStruct, textField } from './json-struct.js'
import { sanitizeString } from './sanitize.js'

/** Who looks after a chart. */
export interface Maintainer {
  readonly name?: string
  readonly email?: string
  readonly url?: string
}

/** What stands for a null in a list of maintainers: validation refuses it, in its turn among the other complaints. */
export const nullMaintainer: Maintainer = Object.freeze({})

const texts = ['name', 'email', 'url'] as const

/**
 * Reads an element of Chart.yaml's `maintainers`.
 *
 * @throws {ChartError} invalid-chart, in encoding/json's words
 */
export function readMaintainer (value: Value, place: Place): Maintainer {
  if (value === null) return nullMaintainer
  const draft: Draft<Maintainer> = {}
  const fields = new Map(texts.map(name => [name, (value: Value, place: Place) => { draft[name] = readString(value, place) ?? '' }]))
  readStruct(value, 'v2.Maintainer', fields, { place })
  return withoutEmpty(draft, [])
}

/** The maintainer with every text sanitised. */
export function sanitizeMaintainer (maintainer: Maintainer): Maintainer {
  if (maintainer === nullMaintainer) return maintainer
  const clean: Draft<Maintainer> = {}
  for (const name of texts) clean[name] = sanitizeString(maintainer[name] ?? '')
  return withoutEmpty(clean, [])
}

/** The maintainer for output, with Chart.yaml's key names. */
export function maintainerToStruct (maintainer: Maintainer): JsonStruct {
  return new JsonStruct('v2.Maintainer', texts.map(name => [name, textField(maintainer[name])]))
}
