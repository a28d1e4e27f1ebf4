/**
 * Whether an error says that the JavaScript stack is full.
 *
 * @param error anything that was thrown
 * @returns true for V8's RangeError
 */
export function isStackOverflow (error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded'
}
