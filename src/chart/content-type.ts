/** How the content of a file is told by its first bytes: a part of the table of Go's net/http DetectContentType (the WHATWG's). */
const magic: ReadonlyArray<readonly [prefix: string, type: string]> = [
  ['\x1f\x8b\x08', 'application/x-gzip'],
  ['%PDF-', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['\xfe\xff', 'text/plain; charset=utf-16be'],
  ['\xff\xfe', 'text/plain; charset=utf-16le'],
  ['\xef\xbb\xbf', 'text/plain; charset=utf-8']
]

const html = /^[\t\n\f\r ]*(?:<!--|<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[ >])/i
const xml = /^[\t\n\f\r ]*<\?xml/i

/** Bytes that no text holds. */
const binary = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/

/**
 * Names the content of a file for a message to a person who gave the wrong one.
 *
 * @param start the first 512 bytes, padded with zeros as Helm's loader pads them
 */
export function detectContentType (start: Uint8Array): string {
  const text = Buffer.from(start).toString('latin1')
  if (html.test(text)) return 'text/html; charset=utf-8'
  if (xml.test(text)) return 'text/xml; charset=utf-8'
  const known = magic.find(([prefix]) => text.startsWith(prefix))
  if (known !== undefined) return known[1]
  return binary.test(text) ? 'application/octet-stream' : 'text/plain; charset=utf-8'
}
