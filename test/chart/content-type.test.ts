import t from 'tap'
import { detectContentType } from '../../src/chart/content-type.js'

/** The first 512 bytes of a file, padded as the loader pads them. */
function start (text: string): Uint8Array {
  const bytes = Buffer.alloc(512)
  bytes.write(text, 'latin1')
  return bytes
}

t.test('files are told by their first bytes', async t => {
  t.equal(detectContentType(start('\x1f\x8b\x08')), 'application/x-gzip')
  t.equal(detectContentType(start('PK\x03\x04')), 'application/zip')
  t.equal(detectContentType(start('%PDF-1.7')), 'application/pdf')
  t.equal(detectContentType(start('\x89PNG\r\n\x1a\n')), 'image/png')
  t.equal(detectContentType(start(' \n<!DOCTYPE HTML>')), 'text/html; charset=utf-8')
  t.equal(detectContentType(start('<html ')), 'text/html; charset=utf-8')
  t.equal(detectContentType(start('<?xml version="1.0"?>')), 'text/xml; charset=utf-8')
  t.equal(detectContentType(start('short text')), 'application/octet-stream', 'the padding is binary')
  t.equal(detectContentType(start('long text '.repeat(60))), 'text/plain; charset=utf-8')
})
