import { TomlError } from '../go/errors.js'
import { utc } from '../go/time.js'
import { unmarshalToml, type TomlTypes } from '../go/toml.js'
import type { Value } from '../go/value.js'
import { define, type FunctionTable } from '../sprig/define.js'
import { SprigError } from '../sprig/errors.js'
import type { Sources } from '../sprig/sources.js'
import { TimeObject } from '../sprig/time-object.js'
import { TypedSlice } from '../sprig/typed.js'
import { zoneAt } from '../sprig/zones.js'
import { writeToml } from './toml-writer.js'

/**
 * Helm's functions to write and read TOML. Those without `must` never fail.
 *
 * @param sources the local zone, and the clock that says which offset it has
 * @returns the functions
 */
export function tomlFunctions (sources: Pick<Sources, 'clock' | 'zone'>): FunctionTable {
  return new Map([
    ['toToml', define(['any'], toToml)],
    ['mustToToml', define(['any'], writeToml)],
    ['fromToml', define(['string'], text => fromToml(text, typesOf(sources)))]
  ])
}

/** What cannot be written gives the error's text; nil makes the encoder stumble, and the template fail. */
function toToml (value: Value): string {
  try {
    return writeToml(value)
  } catch (error) {
    if (error instanceof SprigError && error.code !== 'nil') return error.message
    throw error
  }
}

/** What cannot be read gives a map with the key Error. */
function fromToml (text: string, types: TomlTypes): Value {
  try {
    return unmarshalToml(text, types)
  } catch (error) {
    if (error instanceof TomlError && error.code !== 'internal') return new Map([['Error', error.message]])
    throw error
  }
}

/** Times without an offset have the one that the local zone has now: BurntSushi asks for it once, when Helm starts. */
function typesOf ({ clock, zone = 'UTC' }: Pick<Sources, 'clock' | 'zone'>): TomlTypes {
  return {
    time: time => new TimeObject(time),
    tables: list => new TypedSlice('[]map[string]interface {}', list),
    local: { ...zoneAt(zone, BigInt(Math.floor(clock().getTime() / 1000))) ?? utc, isLocal: true }
  }
}
