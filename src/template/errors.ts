import { CodedError } from '../errors.js'
import { quote } from '../go/strconv.js'

/**
 * What went wrong:
 *
 * - `parse`: the text is no template;
 * - `exec`: an action failed: a missing field, a wrong argument, an error of a function (then `cause` holds it);
 * - `no-template`: `execute` was asked for a name that the set does not have;
 * - `too-deep`: templates call each other (or nest parentheses and blocks) deeper than allowed;
 * - `too-many-steps`, `too-slow`, `output-too-large`: the execution went over its limits.
 */
export type TemplateErrorCode = 'parse' | 'exec' | 'no-template' | 'too-deep' | 'too-many-steps' | 'too-slow' | 'output-too-large'

/** Where an error arose. */
export interface Place {
  /** The text that was parsed: the file's name. */
  readonly template: string
  /** The template that was being executed: the file's name, or the name of a `define`. Undefined while parsing. */
  readonly name: string | undefined
  /** From 1. */
  readonly line: number
  /** From 0, in bytes, as Go counts. Undefined while parsing, since Go gives none there. */
  readonly column: number | undefined
  /** The failing node, printed as Go prints it. Undefined while parsing. */
  readonly node: string | undefined
}

/**
 * A template that could not be parsed or executed.
 *
 * `message` is Go's text, whole: `template: FILE:LINE: DETAIL` of parsing, `template: FILE:LINE:COLUMN: executing "NAME" at <NODE>: DETAIL` of
 * executing. Nothing needs to read it back: `place` and `detail` are its parts, and `chain` has the templates through which it came.
 */
export class TemplateError extends CodedError<TemplateErrorCode> {
  /** Where it arose; undefined only for `no-template`. */
  readonly place: Place | undefined
  /** The message without prefix and place. When a function failed it ends with that function's whole message. */
  readonly detail: string

  /**
   * @param code what went wrong
   * @param detail the message without the place
   * @param options `place`: where; `cause`: the error of the function that failed
   */
  constructor (code: TemplateErrorCode, detail: string, options: { place?: Place, cause?: unknown }) {
    super(code, options.place === undefined ? `template: ${detail}` : `template: ${placeText(options.place)}: ${detail}`,
      'cause' in options ? { cause: options.cause } : undefined)
    this.place = options.place
    this.detail = detail
  }

  /** The text that was parsed: the file's name. */
  get template (): string | undefined {
    return this.place?.template
  }

  /** From 1. */
  get line (): number | undefined {
    return this.place?.line
  }

  /** From 0, in bytes. */
  get column (): number | undefined {
    return this.place?.column
  }

  /** The failing node, printed as Go prints it. */
  get node (): string | undefined {
    return this.place?.node
  }

  /**
   * The places of this error and of every TemplateError below it, outermost first: the file, then each template that was included on the
   * way. Errors of other classes in between (of `tpl`, say) are passed over.
   */
  get chain (): readonly Place[] {
    const places = this.place === undefined ? [] : [this.place]
    for (let error = this.cause; error instanceof Error; error = error.cause) {
      if (error instanceof TemplateError && error.place !== undefined) places.push(error.place)
    }
    return places
  }
}

function placeText (place: Place): string {
  if (place.column === undefined) return `${place.template}:${place.line}`
  return `${place.template}:${place.line}:${place.column}: executing ${quote(place.name ?? '')} at <${place.node ?? ''}>`
}

/** A builtin function cannot do what it was asked; the message is Go's. It reaches the caller as the cause of a TemplateError. */
export class BuiltinError extends CodedError<'type' | 'nil' | 'range' | 'arguments'> {}
