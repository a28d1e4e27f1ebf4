import { utc, type Zone } from '../go/time.js'
import { GoObject, Int, int, int64, type GoFunc, type Value } from '../go/value.js'
import { define } from './define.js'
import { TypedSlice } from './typed.js'

type Fields = ReadonlyArray<readonly [name: string, value: Value]>

/** What a Go `time.Time` points to: no template can do more than print it, under a verb that does not fit or with `%#v`. */
class Inner extends GoObject {
  readonly goType: string
  readonly goKind: 'ptr' | 'struct'
  readonly #fields: Fields | undefined

  /**
   * @param goType its type; a pointer's begins with a star
   * @param fields undefined for a nil pointer
   */
  constructor (goType: string, fields?: Fields) {
    super()
    this.goType = goType
    this.goKind = goType.startsWith('*') ? 'ptr' : 'struct'
    this.#fields = fields
  }

  override get isNil (): boolean {
    return this.#fields === undefined
  }

  override field (): undefined {
    return undefined
  }

  override fields (): Fields {
    return this.#fields ?? []
  }
}

/** A `*time.Location` that a template was given: it prints as the zone's name. */
class LocationObject extends Inner {
  readonly #name: string

  constructor (name: string, fields: Fields) {
    super('*time.Location', fields)
    this.#name = name
  }

  override jsonFields (): Fields {
    return []
  }

  override method (name: string): GoFunc | undefined {
    return name === 'String' ? define([], () => this.#name) : undefined
  }

  override string (): string {
    return this.#name
  }
}

const nilLocation = new Inner('*time.Location')

/** The local zone has one pointer at all times of the year, by whichever name. */
const localLocations = { UTC: localLocation('UTC'), Local: localLocation('Local') }

/** One for each zone, so that two times in one zone hold the same pointer. */
const locations = new WeakMap<Zone, GoObject>()

/** Go keeps those of whole hours without a name. */
const hourLocations = new Map<number, GoObject>()

/**
 * The `*time.Location` that a Go time of that zone holds.
 *
 * @param zone a time's zone
 * @returns nil for UTC; of the local zone its name alone, without the changes of its offset
 */
export function locationOf (zone: Zone): GoObject {
  if (zone === utc) return nilLocation
  if (zone.isLocal === true) return localLocations[zone.name === 'UTC' ? 'UTC' : 'Local']
  const known = locations.get(zone) ?? (isWholeHour(zone) ? hourLocations.get(zone.offset) : undefined)
  if (known !== undefined) return known
  const made = new Inner('*time.Location', fixedFields(zone))
  locations.set(zone, made)
  if (isWholeHour(zone)) hourLocations.set(zone.offset, made)
  return made
}

/**
 * What a time's method `Location` gives.
 *
 * @param zone a time's zone
 * @returns never nil: that of UTC is one, too
 */
export function namedLocation (zone: Zone): GoObject {
  const name = zone.isLocal === true && zone.name !== 'UTC' ? 'Local' : zone.name
  return new LocationObject(name, (zone === utc ? localLocations.UTC : locationOf(zone)).fields())
}

function isWholeHour ({ name, offset }: Zone): boolean {
  const hours = offset / 3600
  return name === '' && Number.isInteger(hours) && hours >= -12 && hours <= 14
}

function localLocation (name: string): GoObject {
  return new Inner('*time.Location', [
    ['name', name], ['zone', new TypedSlice('[]time.zone')], ['tx', new TypedSlice('[]time.zoneTrans')], ['extend', ''],
    ['cacheStart', int64(0)], ['cacheEnd', int64(0)], ['cacheZone', new Inner('*time.zone')]
  ])
}

function fixedFields ({ name, offset }: Zone): Fields {
  const earliest = int64(-(2n ** 63n))
  const zone: Fields = [['name', name], ['offset', int(offset)], ['isDST', false]]
  const change: Fields = [['when', earliest], ['index', new Int('uint8', 0n)], ['isstd', false], ['isutc', false]]
  return [
    ['name', name],
    ['zone', new TypedSlice('[]time.zone', [new Inner('time.zone', zone)])],
    ['tx', new TypedSlice('[]time.zoneTrans', [new Inner('time.zoneTrans', change)])],
    ['extend', ''],
    ['cacheStart', earliest],
    ['cacheEnd', int64(2n ** 63n - 1n)],
    ['cacheZone', new Inner('*time.zone', zone)]
  ]
}
