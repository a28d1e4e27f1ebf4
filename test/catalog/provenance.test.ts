import { Readable } from 'node:stream'
import t from 'tap'
import { readProvenance } from '../../src/catalog/provenance.js'
import type { Spooled } from '../../src/catalog/spool.js'
import { provenanceOf } from './open-catalog.js'

function spooled (content: string | Buffer): Spooled {
  const bytes = Buffer.from(content)
  return { size: bytes.length, digest: '', open: () => Readable.from([bytes], { objectMode: false }), discard: async () => undefined }
}

const opening = '-----BEGIN PGP SIGNED MESSAGE-----\n'

t.test('a provenance file is called after the chart that it names', async t => {
  const named: Array<[string, string]> = [
    [provenanceOf('mychart', '0.1.0'), 'mychart-0.1.0.tgz.prov'],
    [`${opening}version: 1.0.0+b\nname: a-b\n`, 'a-b-1.0.0+b.tgz.prov'],
    [`${opening}name:*x\nversion:*1\n`, 'x-1.tgz.prov'],
    [`${opening}name: x\nname: other\nversion: 1\nversion: 2\n`, 'x-1.tgz.prov'],
    [`${opening}  name: inner\nname: x\nversion: 1\n`, 'x-1.tgz.prov'],
    [`${opening}\r\nname: x\r\nversion: 1.0.0\r\n`, 'x-1.0.0.tgz.prov'],
    [`${opening}name: 'x'\nversion: "1.0"\n`, 'x-1.0.tgz.prov'],
    [`${opening}name: x\nversion: 1.0.0`, 'x-1.0.0.tgz.prov']
  ]
  for (const [content, want] of named) t.equal(await readProvenance(spooled(content)), want)
})

t.test('what is not recognised is refused', async t => {
  const refused = [
    '', 'garbage', '\u0000\u0001', ` ${opening}name: x\nversion: 1\n`, `${opening}name: x\n`, `${opening}version: 1\n`, `${opening}name:\nversion: 1\n`,
    `${opening}name:x\nversion:1\n`, `${opening}Name: x\nversion: 1\n`, `${opening}name: .\nversion: 1\n`, `${opening}name: ..\nversion: 1\n`
  ]
  for (const content of refused) await t.rejects(readProvenance(spooled(content)), { code: 'invalid-provenance', message: 'invalid provenance file' }, JSON.stringify(content))
  await t.rejects(readProvenance(spooled(Buffer.concat([Buffer.from(provenanceOf('x', '1')), Buffer.alloc(5 * 1024 * 1024)]))), { code: 'invalid-provenance' })
})

t.test('a name that cannot be stored is refused', async t => {
  for (const name of ['../x', 'a/b', 'a\\b', 'a\u0000b', 'x'.repeat(300)]) {
    await t.rejects(readProvenance(spooled(provenanceOf(name, '1.0.0'))), { code: 'invalid-provenance', message: `${name}-1.0.0.tgz is improperly formatted` })
  }
})
