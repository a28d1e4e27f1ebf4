import { quote } from '../go/strconv.js'
import type { Value } from '../go/value.js'
import { readBoolean, readList, readString, readStrings, readStruct, type Place } from './decode.js'
import { assign, withoutEmpty, type Draft } from './draft.js'
import { ChartError } from './errors.js'
import { JsonStruct, listField, textField } from './json-struct.js'
import { sanitizeString } from './sanitize.js'

/** A chart that a chart depends on, as declared in Chart.yaml or fixed in Chart.lock. Empty optional fields are left out. */
export interface Dependency {
  readonly name: string
  /** A version or a constraint. */
  readonly version?: string
  /** A URL, `@name`, `alias:name`, `file://…`, `oci://…`, or empty. */
  readonly repository: string
  /** Paths of values, separated by commas, that switch the dependency. */
  readonly condition?: string
  readonly tags?: readonly string[]
  readonly enabled?: boolean
  /** Strings, or mappings with `child` and `parent`. */
  readonly importValues?: readonly Value[]
  readonly alias?: string
}

/** What stands for a null in a list of dependencies: validation refuses it, in its turn among the other complaints. */
export const nullDependency: Dependency = Object.freeze({ name: '', repository: '' })

/**
 * Reads a list of dependencies. An element is read on top of the element that stood at its index before, as encoding/json does with a
 * slice of pointers.
 *
 * @param before what the field held
 * @returns undefined for null
 * @throws {ChartError} invalid-chart, in encoding/json's words
 */
export function readDependencies (value: Value, place: Place, before: readonly Dependency[] = []): Dependency[] | undefined {
  return readList(value, place, '*v2.Dependency', (element, index) => readDependency(element, place, before[index]))
}

function readDependency (value: Value, place: Place, before?: Dependency): Dependency {
  if (value === null) return nullDependency
  const draft: Draft<Dependency> = { name: '', repository: '', ...before }
  const fields = new Map<string, (value: Value, place: Place) => void>()
  for (const name of ['name', 'version', 'repository', 'condition', 'alias'] as const) {
    fields.set(name, (value, place) => { draft[name] = readString(value, place) ?? draft[name] ?? '' })
  }
  fields.set('tags', (value, place) => { assign(draft, 'tags', readStrings(value, place)) })
  fields.set('enabled', (value, place) => { draft.enabled = readBoolean(value, place) ?? draft.enabled ?? false })
  fields.set('import-values', (value, place) => { assign(draft, 'importValues', readList(value, place, 'interface {}', element => element)) })
  readStruct(value, 'v2.Dependency', fields, { place })
  return withoutEmpty(draft, ['name', 'repository'])
}

/**
 * Checks the dependencies of a chart by Helm's rules.
 *
 * @throws {ChartError} invalid-chart, prefixed `validation: `
 */
export function validateDependencies (dependencies: readonly Dependency[]): void {
  const seen = new Set<string>()
  for (const dependency of dependencies) {
    if (dependency === nullDependency) throw new ChartError('invalid-chart', 'validation: dependencies must not contain empty or null nodes')
    if (dependency.alias !== undefined && !/^[a-zA-Z0-9_-]+$/.test(dependency.alias)) {
      throw new ChartError('invalid-chart', `validation: dependency ${quote(dependency.name)} has disallowed characters in the alias`)
    }
    const key = dependency.alias ?? dependency.name
    if (seen.has(key)) throw new ChartError('invalid-chart', `validation: more than one dependency with name or alias ${quote(key)}`)
    seen.add(key)
  }
}

/** The dependency with its texts sanitised (not its alias, which has a rule of its own). */
export function sanitizeDependency (dependency: Dependency): Dependency {
  if (dependency === nullDependency) return dependency
  const clean: Draft<Dependency> = { ...dependency }
  for (const name of ['name', 'version', 'repository', 'condition'] as const) clean[name] = sanitizeString(dependency[name] ?? '')
  if (dependency.tags !== undefined) clean.tags = dependency.tags.map(sanitizeString)
  return withoutEmpty(clean, ['name', 'repository'])
}

/** The dependency for output, with Chart.yaml's key names: name and repository always, other fields unless empty. */
export function dependencyToStruct (dependency: Dependency): JsonStruct {
  return new JsonStruct('v2.Dependency', [
    ['name', dependency.name],
    ['version', textField(dependency.version)],
    ['repository', dependency.repository],
    ['condition', textField(dependency.condition)],
    ['tags', listField(dependency.tags)],
    ['enabled', dependency.enabled === true ? true : undefined],
    ['import-values', listField(dependency.importValues)],
    ['alias', textField(dependency.alias)]
  ])
}
