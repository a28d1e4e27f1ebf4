import { encode } from '../go/bytes.js'
import { define, type FunctionTable } from './define.js'
import { nodeCrypto } from './node-crypto.js'

/** Sprig's digests of a text's bytes: in hexadecimal, but for Adler-32, which is a decimal number. */
export const digestFunctions: FunctionTable = new Map([
  ['sha1sum', define(['string'], text => nodeCrypto().createHash('sha1').update(encode(text)).digest('hex'))],
  ['sha256sum', define(['string'], text => nodeCrypto().createHash('sha256').update(encode(text)).digest('hex'))],
  ['sha512sum', define(['string'], text => nodeCrypto().createHash('sha512').update(encode(text)).digest('hex'))],
  ['adler32sum', define(['string'], text => String(adler32(encode(text))))]
])

/** RFC 1950, section 8.2. */
function adler32 (bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return b * 65536 + a
}
