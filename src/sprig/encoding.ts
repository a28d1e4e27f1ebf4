import { Buffer } from 'node:buffer'
import { decode, encode } from '../go/bytes.js'
import { decodeBase32, decodeBase64, encodeBase32 } from './base.js'
import { define, type FunctionTable } from './define.js'
import { SprigError } from './errors.js'

/** Sprig's encodings. What cannot be decoded gives the error's text in place of the result, as Sprig has it. */
export const encodingFunctions: FunctionTable = new Map([
  ['b64enc', define(['string'], text => Buffer.from(encode(text)).toString('base64'))],
  ['b64dec', define(['string'], text => textOrError(() => decodeBase64(encode(text))))],
  ['b32enc', define(['string'], text => encodeBase32(encode(text)))],
  ['b32dec', define(['string'], text => textOrError(() => decodeBase32(encode(text))))]
])

function textOrError (read: () => Uint8Array): string {
  try {
    return decode(read())
  } catch (error) {
    if (error instanceof SprigError) return error.message
    throw error
  }
}
