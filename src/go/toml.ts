import { encode } from './bytes.js'
import { TomlError } from './errors.js'
import { TomlReader, type TomlTypes } from './toml/reader.js'
import type { Dict } from './value.js'

export type { TomlTypes } from './toml/reader.js'

/** The byte order marks that are read over: UTF-16's two, whose bytes are no UTF-8, and UTF-8's. */
const byteOrderMark = /^(?:\udcff\udcfe|\udcfe\udcff|\ufeff)/

/**
 * Reads TOML 1.1 as github.com/BurntSushi/toml 1.6.0 does: whole numbers become int64, arrays lists, tables maps.
 *
 * @param text the document
 * @param types what times and arrays of tables become, and the local zone
 * @returns its top table
 * @throws {TomlError} code `syntax`, worded as BurntSushi's (`toml: line 1 (last key "a"): …`), `depth` beyond `maxDepth` levels, `internal`
 *   where BurntSushi's reader gives up on itself
 */
export function unmarshalToml (text: string, types: TomlTypes): Dict {
  const body = text.replace(byteOrderMark, '')
  if (encode(body.slice(0, 6)).subarray(0, 6).includes(0)) {
    throw new TomlError('syntax', 'toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8')
  }
  return new TomlReader(body, types).read()
}
