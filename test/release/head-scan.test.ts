import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { decodeHead } from '../../src/release/codec.js'
import { scanHead } from '../../src/release/head-scan.js'
import { readRecord } from '../../src/release/record-reader.js'
import { repositoryRoot } from '../cluster/repository-root.js'

const recorded = (name: string): string => readFileSync(join(repositoryRoot(import.meta.dirname), 'test', 'fixtures', 'releases', name), 'utf8')
const packed = (json: string): string => gzipSync(json).toString('base64')

for (const name of ['helm-4.3.1.json', 'helm-3.22.0.json']) {
  t.test(`${name}: the head is what the whole record says`, async t => {
    const json = recorded(name)
    const { info, chart } = readRecord(json)
    const head = await decodeHead(packed(json))
    t.equal(head.name, 'tides')
    t.strictSame({ ...head.info }, { ...info })
    t.strictSame(head.chart?.metadata, chart?.metadata)
    const enough = json.indexOf('"templates"')
    t.ok(scanHead(json.slice(0, enough)), 'the start is enough')
    for (let cut = 0; cut < enough - 40; cut += 7) if (scanHead(json.slice(0, cut)) !== undefined && !scanHead(json.slice(0, cut))?.metadata.endsWith('}')) t.fail(`cut at ${cut}`)
  })
}

t.test('members are found in any order, with spaces, and behind anything', async t => {
  const json = '{ "x" : [ {"name":"no"}, "\\\\\\"}" ] , "n":-1.5e3,"t":true ,"chart":{"a":"{","metadata" : {"name":"c\\"}"}} ,"info": {}, "name":"web" }'
  t.strictSame(scanHead(json), { name: '"web"', info: '{}', metadata: '{"name":"c\\"}"}' })
  for (let cut = 0; cut < json.length - 3; cut++) t.equal(scanHead(json.slice(0, cut)), undefined, `cut at ${cut}`)
})

t.test('what lacks a part has no head of its own; the whole is read', async t => {
  t.equal(scanHead('{"name":"web","info":{},"chart":null}'), undefined)
  t.equal(scanHead(''), undefined)
  t.equal(scanHead('[]'), undefined)
  t.match(await decodeHead(packed('{"name":"web","info":{"status":"failed"}}')), { name: 'web', info: { status: 'failed' }, chart: undefined })
  await t.rejects(decodeHead('AAAA'), { code: 'invalid-record' })
  await t.rejects(decodeHead(packed(`{"name":5,"info":{},"chart":{"metadata":{}},"x":"${'x'.repeat(20_000)}"}`)), { code: 'invalid-record' })
})
