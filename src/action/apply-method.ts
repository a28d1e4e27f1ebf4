import type { ApplyMethod } from '../release/release.js'
import { ActionError } from './errors.js'

/**
 * Whether objects are sent by server-side apply: what `--server-side` says, or with `auto` as they were sent before.
 *
 * @param asked `true`, `false` or `auto`
 * @param before how the revision that goes before was sent
 * @throws {ActionError} invalid-option, in Helm's words
 */
export function isServerSide (asked: string, before: string): boolean {
  switch (asked) {
    case 'auto': return before === 'ssa'
    case 'true': return true
    case 'false': return false
    default: throw new ActionError('invalid-option', `invalid/unknown release server-side apply method: ${asked}`)
  }
}

/** How the record says it. */
export function applyMethodOf (serverSide: boolean): ApplyMethod {
  return serverSide ? 'ssa' : 'csa'
}
