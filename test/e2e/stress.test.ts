import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { program, startServerProcess } from './server-process.js'
import { indexOf, stress } from './stress.js'

t.test('8 writers and 4 readers on 500 charts: nothing acknowledged is missing, none is there twice, every digest is right', { timeout: 120_000 }, async t => {
  const directory = t.testdir()
  const args = ['--cache-interval', '1s']
  const first = await startServerProcess({ directory, args })
  t.teardown(() => first.stop('SIGKILL'))
  const figures = await stress(first.url, { seconds: 8 })
  t.comment(JSON.stringify(figures))
  t.strictSame(figures.faults, [])
  t.ok(Math.min(figures.uploads, figures.overwrites, figures.deletions, figures.races, figures.indexes) > 3, 'there was enough of everything')
  const before = await indexOf(first.url)
  t.equal(await first.stop(), 0)
  t.notMatch(first.log(), /mended|could not be looked through|"(?:adopted|updated|removed|unreadable)":[1-9]/, 'nothing is left over, and no scan found anything')

  const second = await startServerProcess({ directory, args })
  t.teardown(() => second.stop('SIGKILL'))
  t.strictSame(await indexOf(second.url), before, 'it is the same after a restart')
  t.equal(await second.stop(), 0)
  const doctor = spawnSync(process.execPath, [program, 'doctor', '--storage-local-rootdir', join(directory, 'charts'), '--database', `sqlite:${join(directory, 'portolan.db')}`], { encoding: 'utf8' })
  t.match(doctor, { status: 0, stdout: `${before.size} files were read: all are as recorded\n` })
})
