import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { writeIndex, type WriteIndexOptions } from '../../src/remote/write-index.js'
import { chartArchive } from '../helpers/chart-archive.js'

const now = new Date('2024-02-03T04:05:06.789Z')

function options (rest: Partial<WriteIndexOptions> = {}): WriteIndexOptions & { warnings: string[] } {
  const warnings: string[] = []
  return { url: '', json: false, now, warn: message => warnings.push(message), warnings, ...rest }
}

// What it holds is compared with Helm's in ../cli/commands/repo-compat.test.ts.
t.test('leaves out what is no chart, and says so', async t => {
  const folder = t.testdir()
  writeFileSync(join(folder, 'web-1.0.0.tgz'), await chartArchive('web', '1.0.0'))
  writeFileSync(join(folder, 'bad.tgz'), 'no archive')
  const given = options()
  await writeIndex(folder, given)
  t.match(given.warnings, [/bad\.tgz/])
  t.match(readFileSync(join(folder, 'index.yaml'), 'utf8'), /^apiVersion: v1\nentries:\n {2}web:\n/)
  t.equal(statSync(join(folder, 'index.yaml')).mode & 0o777, 0o644)
  t.strictSame(readdirSync(folder).sort(), ['bad.tgz', 'index.yaml', 'web-1.0.0.tgz'])
})

t.test('an index to merge that cannot be read is named, and nothing is written', async t => {
  const folder = t.testdir({ 'old.yaml': 'broken: [' })
  await t.rejects(writeIndex(folder, options({ merge: join(folder, 'old.yaml') })), { code: 'not-cached', message: new RegExp(`^merge failed: error loading ${folder}/old\\.yaml: `) })
  t.strictSame(readdirSync(folder), ['old.yaml'])
})

t.test('a folder that is not there is named', async t => {
  await t.rejects(writeIndex(join(t.testdir(), 'gone'), options()), { message: /gone/ })
})
