import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadDirectory } from '../../src/chart/load-directory.js'
import { writeArchive } from '../../src/chart/write-archive.js'
import { indexDirectory } from '../../src/repo/index-directory.js'
import { IndexFile } from '../../src/repo/index-file.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { readRecording, repositoryRoot } from '../compat/chart-recording.js'

const now = new Date('2024-05-06T07:08:09.010Z')
const below = new Map([['sloop-2.0.0.tgz', 'below'], ['buoy-0.2.0.tgz', 'below/deeper']])

/** The folder that Helm indexed: packages at its top, in a folder, and in a folder too deep; and one that is no chart. */
async function packages (folder: string): Promise<string> {
  mkdirSync(join(folder, 'below/deeper'), { recursive: true })
  const charts = join(repositoryRoot(), 'test/fixtures/charts')
  for (const entry of readdirSync(charts, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const chart = await loadDirectory(join(charts, entry.name))
    const file = `${chart.metadata.name}-${chart.metadata.version}.tgz`
    writeFileSync(join(folder, below.get(file) ?? '', file), await writeArchive(chart, { now }))
  }
  writeFileSync(join(folder, 'broken-1.0.0.tgz'), 'no chart')
  return folder
}

/** Dates and digests differ from one making to the next. */
function comparable (index: string): string {
  return index.replace(/("?(?:created|generated)"?: )"202[4-9]-[^"]*"/g, '$1"now"').replace(/("?digest"?: "?)[0-9a-f]{64}/g, '$1digest')
}

t.test('a folder is indexed as helm repo index does', async t => {
  const recorded = readRecording<Record<'old' | 'plain' | 'url' | 'json' | 'merged', string>>('indexes').cases
  const folder = await packages(t.testdir())
  const index = await indexDirectory(folder, { url: '', now })
  index.sort()
  t.equal(comparable(index.toYaml()), comparable(recorded.plain), 'YAML')
  t.equal(comparable(index.toJson()), comparable(recorded.json), 'JSON')
  const withUrl = await indexDirectory(folder, { url: 'https://example.com/some charts/?x=1', now })
  t.equal(comparable(withUrl.toYaml()), comparable(recorded.url), 'with --url')
  index.merge(IndexFile.parse(recorded.old, 'old'))
  index.sort()
  t.equal(comparable(index.toYaml()), comparable(recorded.merged), 'with --merge')
})

t.test('digests and dates', async t => {
  const folder = t.testdir()
  const archive = await chartArchive('ship', '1.0.0')
  writeFileSync(join(folder, 'any.tgz'), archive)
  const index = await indexDirectory(folder, { url: '', now })
  const ship = index.get('ship', '')
  t.equal(ship.digest, createHash('sha256').update(readFileSync(join(folder, 'any.tgz'))).digest('hex'))
  t.equal(ship.created, '2024-05-06T07:08:09.01Z')
  t.equal(index.generated, '2024-05-06T07:08:09.01Z')
  t.strictSame(ship.urls, ['any.tgz'])
})

t.test('what is left out is told', async t => {
  const warnings: string[] = []
  const folder = t.testdir({ 'broken.tgz': 'no chart', 'folder.tgz': {}, 'other.txt': '' })
  const index = await indexDirectory(folder, { url: '', now, warn: message => warnings.push(message) })
  t.equal(index.entries.size, 0)
  t.strictSame(warnings, [`${join(folder, 'broken.tgz')} is left out, it is no chart: unexpected EOF`])
})

t.test('a folder that is not there', async t => {
  await t.rejects(indexDirectory(join(t.testdir(), 'gone'), { url: '', now }), { name: 'RepoError', code: 'unreadable' })
})
