import { NilMapError } from './errors.js'
import type { Value } from './value.js'

/** Go's nil map: reads as an empty one, refuses to be written to, and is null to encoding/json. */
export class NilMap extends Map<string, Value> {
  override set (): this {
    throw new NilMapError()
  }
}
