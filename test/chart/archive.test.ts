import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { loadArchive, readArchive } from '../../src/chart/archive.js'
import type { ChartFile } from '../../src/chart/chart.js'
import { ChartError } from '../../src/chart/errors.js'
import { installLimits, uploadLimits } from '../../src/chart/limits.js'
import { decode } from '../../src/go/bytes.js'
import { readRecording } from '../compat/chart-recording.js'
import { chartArchive, evilArchive, evilKinds, paxRecord, rawArchive, rawEntry, rawTar, type EvilKind } from '../helpers/chart-archive.js'

interface Recorded { accepted?: boolean, error?: string }

/** What we say where Helm 3's command says nothing, or complains about the file before it looks into it. */
const ours: Partial<Record<EvilKind, string>> = {
  'symbolic link': 'chart illegally contains a link: "evil/values.yaml"',
  'hard link': 'chart illegally contains a link: "evil/values.yaml"',
  device: 'chart illegally contains an irregular file: "evil/null"',
  'sparse file': 'chart illegally contains an irregular file: "evil/sparse"',
  'bomb behind the end': 'decompressed chart is larger than the maximum file size 104857600',
  'bomb in a directory': 'decompressed chart is larger than the maximum file size 104857600',
  'bomb of sub-charts': 'error unpacking subchart sub2.tgz in evil: decompressed chart is larger than the maximum file size 104857600',
  'records without end': 'decompressed chart is larger than the maximum file size 104857600',
  'too many entries': 'chart archive has more than 100000 entries',
  'name of 10,000 characters': `chart contains a file name of more than 4096 bytes: it starts with "evil/${'n'.repeat(95)}"`,
  'cut before the checksum': 'unexpected EOF',
  'wrong gzip checksum': 'gzip: invalid checksum',
  'empty body': 'EOF',
  'short garbage': 'unexpected EOF',
  'no gzip': 'gzip: invalid header'
}

t.test('an archive that must be refused is refused, in Helm\'s words where it has some', async t => {
  const recorded = readRecording<Record<EvilKind, Recorded>>('archives').cases
  for (const kind of evilKinds) {
    const archive = evilArchive(kind)
    const error = await loadArchive(Readable.from([archive])).then(() => undefined, (thrown: unknown) => thrown)
    t.ok(error instanceof ChartError, kind)
    const message = error instanceof ChartError ? error.message : ''
    // zlib does not say at which byte it stopped.
    if (kind === 'corrupt data') t.match(message, /^flate: corrupt input before offset \d+$/)
    else t.equal(message, ours[kind] ?? recorded[kind].error, kind)
    if (ours[kind] !== undefined) t.ok(recorded[kind].accepted === true || /does not appear to be a gzipped archive/.test(recorded[kind].error ?? ''), `Helm: ${kind}`)
  }
})

t.test('what is too much is told from what is wrong', async t => {
  const codes = await Promise.all((['file of 6 MiB', 'bomb of one file', 'too many entries', 'symbolic link', 'cut short', 'no Chart.yaml', 'aliases without end'] as const).map(async kind =>
    loadArchive(Readable.from([evilArchive(kind)])).then(() => '', (thrown: unknown) => thrown instanceof ChartError ? thrown.code : 'other')))
  t.strictSame(codes, ['too-large', 'too-large', 'too-large', 'invalid-archive', 'invalid-archive', 'invalid-chart', 'invalid-chart'])
})

t.test('a good archive', async t => {
  const files = await readArchive(Readable.from([await chartArchive('ship', '1.2.3', { 'docs/a b.md': '\uFEFFtext', 'empty.txt': '' })]))
  t.strictSame(files.map(file => [file.name, file.data.length]), [
    ['Chart.yaml', 80], ['values.yaml', 16], ['templates/configmap.yaml', 127], ['docs/a b.md', 4], ['empty.txt', 0]
  ])
  t.strictSame(files[0]?.modified, new Date('2023-11-14T22:13:20Z'))
  const chart = await loadArchive(Readable.from([await chartArchive('ship', '1.2.3')]))
  t.equal(chart.metadata.name, 'ship')
  t.strictSame(chart.modified, new Date('2023-11-14T22:13:20Z'))
})

t.test('an archive may arrive in pieces of any size', async t => {
  const archive = await chartArchive('ship', '1.2.3')
  const whole = await readArchive(Readable.from([archive]))
  for (const size of [1, 7, 512]) {
    const pieces = Array.from({ length: Math.ceil(archive.length / size) }, (_, i) => archive.subarray(i * size, (i + 1) * size))
    t.strictSame(await readArchive(Readable.from(pieces)), whole, `pieces of ${size}`)
  }
})

async function names (archive: Uint8Array): Promise<string[]> {
  return (await readArchive(Readable.from([archive]))).map(file => file.name)
}

t.test('names and entries that Go reads in its own way', async t => {
  const chart = { name: 'a/Chart.yaml', data: 'name: a\n' }
  t.strictSame(await names(rawArchive([chart, { name: 'a\\templates\\x.yaml', data: 'x' }])), ['Chart.yaml', 'templates/x.yaml'], 'backslashes')
  t.strictSame(await names(rawArchive([chart, { name: 'other/./x//y.txt', data: 'x' }])), ['Chart.yaml', 'x/y.txt'], 'the first part is not looked at')
  t.strictSame(await names(rawArchive([{ name: 'pax', type: 'g', data: paxRecord('path', 'evil') }, chart])), ['Chart.yaml'], 'global records are not applied')
  t.strictSame(await names(rawArchive([chart, { name: 'pax', type: 'x', data: paxRecord('path', 'a/ä.txt') }, { name: 'a/x', data: 'x' }])), ['Chart.yaml', 'ä.txt'], 'a PAX name')
  t.strictSame(await names(rawArchive([chart, { name: 'pax', type: 'x', data: paxRecord('path', '') }, { name: 'a/x', data: 'x' }])), ['Chart.yaml', 'x'], 'an empty PAX name')
  t.strictSame(await names(rawArchive([chart, { name: '././@LongLink', type: 'L', data: `a/${'l'.repeat(200)}\0` }, { name: 'a/x', data: 'x' }])), ['Chart.yaml', 'l'.repeat(200)], 'a GNU name')
  t.strictSame(await names(rawArchive([chart, { name: 'pax', type: 'x', data: paxRecord('size', '2') }, { name: 'a/x', data: 'xyz', size: 3 }])), ['Chart.yaml', 'x'], 'a PAX size')
  t.strictSame(await names(rawArchive([chart, { name: 'a/dir/', type: '\0' }, { name: 'a/file', type: '\0', data: 'x' }, { name: 'a/seven', type: '7', data: 'x' }])), ['Chart.yaml', 'file', 'seven'], 'old headers')
  t.strictSame(await names(rawArchive([chart, { name: 'a/dir', type: '5', size: 1024 }, { name: 'a/x', data: 'x' }])), ['Chart.yaml', 'x'], 'a folder has no data whatever its size')
  t.strictSame(await names(rawArchive([chart, { name: 'a/mode', mode: 0o40755, data: 'x' }])), ['Chart.yaml'], 'a folder by its mode')
})

t.test('ends of archives', async t => {
  const entry = rawEntry({ name: 'a/Chart.yaml', data: 'name: a\n' })
  t.strictSame(await names(gzipSync(entry)), ['Chart.yaml'], 'without an end marker')
  t.strictSame(await names(gzipSync(entry.subarray(0, 600))), ['Chart.yaml'], 'without its padding')
  t.strictSame(await names(gzipSync(Buffer.concat([entry, Buffer.alloc(512)]))), ['Chart.yaml'], 'with half an end marker')
  t.strictSame(await names(gzipSync(Buffer.concat([rawTar([]), entry]).subarray(1024))), ['Chart.yaml'])
  t.strictSame(await names(gzipSync(Buffer.concat([entry, Buffer.alloc(10_240)]))), ['Chart.yaml'], 'with the padding of other tars')
  t.strictSame(await names(Buffer.concat([gzipSync(entry), Buffer.alloc(100)])), ['Chart.yaml'], 'with zeros behind it')
  t.strictSame(await names(Buffer.concat([gzipSync(entry), gzipSync(entry)])), ['Chart.yaml', 'Chart.yaml'], 'in two gzip members')
  await t.rejects(names(gzipSync(Buffer.concat([entry, Buffer.alloc(512), entry]))), { message: 'archive/tar: invalid tar header' }, 'an empty block between entries')
  for (const pieces of [[gzipSync(entry), Buffer.from('garbage')], [Buffer.concat([rawArchive([]), Buffer.from('garbage')])]]) {
    await t.rejects(readArchive(Readable.from(pieces)), { message: 'gzip: invalid header' }, 'garbage behind it')
  }
})

t.test('limits are the caller\'s', async t => {
  const archive = rawArchive([{ name: 'a/one', data: 'x'.repeat(100) }, { name: 'a/two', data: 'x'.repeat(50) }])
  const read = async (limits: Parameters<typeof readArchive>[1]): Promise<ChartFile[]> => readArchive(Readable.from([archive]), limits)
  t.equal((await read({ total: 151, file: 100, entries: 2 })).length, 2)
  await t.rejects(read({ total: 150 }), { code: 'too-large', message: 'decompressed chart is larger than the maximum file size 150' })
  await t.rejects(read({ file: 99 }), { code: 'too-large', message: 'decompressed chart file "a/one" is larger than the maximum file size 99' })
  await t.rejects(read({ entries: 1 }), { code: 'too-large', message: 'chart archive has more than 1 entries' })
  await t.rejects(read({ name: 4 }), { code: 'too-large' })
  await t.rejects(read({ ...installLimits, total: 150 }), { message: 'decompressed chart is larger than the maximum size 150' }, 'Helm 4\'s words')
  t.strictSame([uploadLimits.file, uploadLimits.total, uploadLimits.entries], [5242880, 104857600, 100000])
})

t.test('a failing body is what is told, and a refused one is let go', async t => {
  const archive = await chartArchive('ship', '1.2.3')
  const failing = new Readable({ read () { this.push(archive.subarray(0, 40)); this.destroy(new Error('the line is dead')) } })
  await t.rejects(readArchive(failing), { message: 'the line is dead' })
  const endless = new Readable({ read () { this.push(Buffer.from('no gzip at all, again and again')) } })
  await t.rejects(readArchive(endless), { message: 'gzip: invalid header' })
  t.equal(endless.destroyed, true)
})

t.test('memory stays within the limits', async t => {
  const archive = evilArchive('bomb of one file')
  const before = process.memoryUsage().arrayBuffers
  await t.rejects(readArchive(Readable.from([archive]), { total: 300 * 1024 * 1024, file: 1024 }))
  t.ok(process.memoryUsage().arrayBuffers - before < 8 * 1024 * 1024, 'a size that is announced is not reserved')
})

t.test('data is kept as it was', async t => {
  const [file] = await readArchive(Readable.from([rawArchive([{ name: 'a/Chart.yaml', data: 'äöü\r\n' }])]))
  t.equal(decode(file?.data ?? new Uint8Array()), 'äöü\r\n')
})
