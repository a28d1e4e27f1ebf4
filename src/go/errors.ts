import { CodedError } from '../errors.js'
import type { Value } from './value.js'

/** A number or a quoted literal could not be read; the message is worded as Go's strconv words it. */
export class StrconvError extends CodedError<'syntax' | 'range'> {}

/** A text is no JSON, or a value cannot be written as JSON; the message is worded as encoding/json words it. */
export class JsonError extends CodedError<'syntax' | 'type' | 'unsupported' | 'depth'> {}

/** A number of a JSON text is no float64. encoding/json reads on, and leaves what the number was for empty. */
export class JsonNumberError extends JsonError {
  /** The whole text's value, with null in the number's place. */
  readonly value: Value

  /**
   * @param literal the number as it stands in the text
   * @param value the whole text's value, with null in the number's place
   */
  constructor (literal: string, value: Value) {
    super('type', `json: cannot unmarshal number ${literal} into Go value of type float64`)
    this.value = value
  }
}

/** A text is no YAML, or a value cannot be written as YAML; the message is worded as sigs.k8s.io/yaml and go-yaml word it. */
export class YamlError extends CodedError<'syntax' | 'type' | 'aliasing' | 'depth' | 'duplicate-key' | 'unsupported' | 'internal'> {}

/** A text is no TOML; the message is worded as BurntSushi's reader words it. */
export class TomlError extends CodedError<'syntax' | 'depth' | 'internal'> {}

/** A version or a constraint could not be read; the message is worded as Masterminds/semver words it. */
export class SemverError extends CodedError<'invalid-version' | 'invalid-constraint'> {}

/** A time or a duration could not be read; the message is worded as Go's time package words it. */
export class TimeError extends CodedError<'time' | 'duration'> {}

/** A file-name pattern is malformed; the message is Go's. */
export class BadPatternError extends CodedError<'bad-pattern'> {
  constructor () {
    super('bad-pattern', 'syntax error in pattern')
  }
}

/** A function has done as much work as it may. */
export class WorkError extends CodedError<'work'> {}

/** A nil map was written to; the message is that of Go's runtime. */
export class NilMapError extends CodedError<'nil'> {
  constructor () {
    super('nil', 'assignment to entry in nil map')
  }
}

/** A value cannot be printed. */
export class FmtError extends CodedError<'depth'> {}
