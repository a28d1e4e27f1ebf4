/**
 * The one base class of every error that Portolan raises on purpose.
 *
 * A folder declares its own subclass with a union of codes in its errors.ts; status codes, exit codes and wording for people are
 * decided once, at the edge, by looking at the code.
 */
export class CodedError<Code extends string = string> extends Error {
  /** What went wrong, for programs. */
  readonly code: Code

  /**
   * @param code what went wrong, for programs
   * @param message what went wrong, for people: names the file, field, line or key
   * @param options `cause`: the error that led to this one
   */
  constructor (code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

/**
 * The text of anything that was thrown.
 *
 * @param thrown what a `catch` caught
 * @returns its message, or its text when it is not an Error
 */
export function messageOf (thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
