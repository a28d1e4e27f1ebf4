import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { decodeRelease, encodeRelease } from '../../src/release/codec.js'
import { recordJson } from '../../src/release/record-json.js'
import { readRecord } from '../../src/release/record-reader.js'
import { repositoryRoot } from '../cluster/repository-root.js'
import { releaseOf } from '../helpers/release.js'

const recorded = (name: string): string => readFileSync(join(repositoryRoot(import.meta.dirname), 'test', 'fixtures', 'releases', name), 'utf8')

t.test('a record of Helm 4.3.1, read and written again, is the same to the byte', async t => {
  const json = recorded('helm-4.3.1.json')
  t.equal(recordJson(readRecord(json)), json)
})

t.test('what a record of Helm 4.3.1 says', async t => {
  const release = readRecord(recorded('helm-4.3.1.json'))
  t.match(release, { name: 'tides', namespace: 'default', version: 1, applyMethod: 'ssa', info: { status: 'deployed', description: 'Install complete', rollbackRevision: 0 } })
  t.equal(release.info.lastDeployed?.rfc3339Nano(), '2026-11-20T20:06:06.944707883Z')
  t.equal(release.info.deleted, undefined)
  t.strictSame(release.config, new Map([['replicas', 2]]))
  t.equal(release.chart?.metadata.name, 'tide-tables')
  t.ok(release.chart?.templates.some(file => file.name === 'templates/NOTES.txt' && Buffer.from(file.data).includes('.Values.station')))
  const migrate = release.hooks.find(hook => hook.kind === 'Job')
  t.match(migrate, { events: ['pre-install', 'pre-upgrade'], lastRun: { phase: 'Succeeded' }, deletePolicies: ['before-hook-creation', 'hook-succeeded'] })
})

t.test('a record of Helm 3.22.0: its empty times are none, and the way of applying is not told', async t => {
  const release = readRecord(recorded('helm-3.22.0.json'))
  t.match(release, { name: 'tides', version: 1, applyMethod: '', info: { status: 'deployed' } })
  t.equal(release.info.deleted, undefined)
  t.equal(release.hooks.find(hook => hook.events.includes('test'))?.lastRun.startedAt, undefined)
  t.notMatch(recordJson(release), '"deleted"', 'no empty time is written')
})

t.test('what is stored is base64 of gzip, and is read back', async t => {
  const release = releaseOf({ config: new Map<string, number | string>([['n', 1e6], ['html', '<&>']]), info: { notes: 'ünï' } })
  const payload = await encodeRelease(release)
  t.equal(Buffer.from(payload, 'base64').subarray(0, 3).toString('hex'), '1f8b08')
  t.equal(recordJson(await decodeRelease(payload)), recordJson(release))
  t.match(recordJson(release), '"config":{"html":"\\u003c\\u0026\\u003e","n":1000000}')
})

t.test('a record that is not compressed is read, too', async t => {
  t.equal((await decodeRelease(Buffer.from('{"name":"old","version":3}').toString('base64'))).version, 3)
})

t.test('what is no record is refused', async t => {
  const refused = async (bytes: string | Buffer, message: RegExp): Promise<void> => {
    await t.rejects(decodeRelease(Buffer.from(bytes).toString('base64')), { code: 'invalid-record', message })
  }
  await refused('', /unexpected end of JSON input/)
  await refused('nonsense', /invalid character 'o'/)
  await refused(gzipSync('{"name":"x"}').subarray(0, 20), /^gzip: /)
  await refused('[]', /a mapping was expected/)
  await refused('{"name":5}', /name: a string was expected/)
  await refused('{"version":"1"}', /version: a number was expected/)
  await refused('{"hooks":{}}', /hooks: a list was expected/)
  await refused('{"hooks":[{"events":[1]}]}', /events: strings were expected/)
  await refused('{"info":{"deleted":"yesterday"}}', /parsing time "yesterday"/)
  await refused('{"info":{"deleted":5}}', /deleted: a time was expected/)
})
