import type { Value } from '../go/value.js'
import { readStruct, readString, readTime, type Place } from './decode.js'
import { dependencyToStruct, readDependencies, type Dependency } from './dependency.js'
import type { Draft } from './draft.js'
import { JsonStruct } from './json-struct.js'
import { readYaml } from './read-yaml.js'

/** Chart.lock: which versions a chart's dependencies were resolved to. */
export interface Lock {
  /** RFC 3339, with nanoseconds. */
  readonly generated: string
  /** `sha256:` and the digest of what was asked for and what was found. */
  readonly digest: string
  readonly dependencies: readonly Dependency[]
}

/** Go's zero time, which a lock without a date has. */
const never = '0001-01-01T00:00:00Z'

/**
 * Reads Chart.lock or requirements.lock.
 *
 * @param yaml the text
 * @returns the lock; undefined for an empty document
 * @throws {ChartError} invalid-chart, worded `error converting YAML to JSON: …` or `error unmarshaling JSON: …`
 */
export function parseLock (yaml: string): Lock | undefined {
  return readYaml(yaml, value => {
    if (value === null) return undefined
    const lock: Draft<Lock> = { generated: never, digest: '', dependencies: [] }
    readStruct(value, 'v2.Lock', new Map([
      ['generated', (value: Value) => { lock.generated = readTime(value) ?? never }],
      ['digest', (value: Value, place: Place) => { lock.digest = readString(value, place) ?? '' }],
      ['dependencies', (value: Value, place: Place) => { lock.dependencies = readDependencies(value, place) ?? [] }]
    ]))
    return lock
  })
}

/** The lock for output, with Chart.lock's key names. */
export function lockToStruct (lock: Lock): JsonStruct {
  return new JsonStruct('v2.Lock', [
    ['generated', lock.generated],
    ['digest', lock.digest],
    ['dependencies', lock.dependencies.map(dependencyToStruct)]
  ])
}
