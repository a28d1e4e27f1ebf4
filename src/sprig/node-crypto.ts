import type crypto from 'node:crypto'

/**
 * Node's crypto, loaded when a function first needs it: that takes longer than rendering a small chart does, and most charts need none of it.
 *
 * @returns the module `node:crypto`
 */
export function nodeCrypto (): typeof crypto {
  return process.getBuiltinModule('node:crypto')
}
