import t from 'tap'
import { WatchedFiles } from '../../src/access/watched-files.js'
import { MemoryFiles } from './memory-files.js'

/** Watches two files that must begin alike. */
async function pair (files: MemoryFiles): Promise<{ watched: WatchedFiles<string>, faults: unknown[], changes: string[] }> {
  const faults: unknown[] = []
  const changes: string[] = []
  const watched = await WatchedFiles.open<string>({
    paths: ['a', 'b'],
    files,
    onFault: error => { faults.push(error) },
    onChange: value => { changes.push(value) },
    parse: ([a = '', b = '']) => {
      if (a[0] !== b[0]) throw new Error(`${a} and ${b} do not belong together`)
      return a + b
    }
  })
  return { watched, faults, changes }
}

t.test('files that change are read again, and only those', async t => {
  const files = new MemoryFiles()
  files.set('a', '1a')
  files.set('b', '1b')
  const { watched, changes, faults } = await pair(files)
  t.equal(watched.current, '1a1b')
  await watched.refresh()
  t.equal(files.reads, 2)
  files.set('a', '1A')
  await Promise.all([watched.refresh(), watched.refresh()])
  t.equal(watched.current, '1A1b')
  t.equal(files.reads, 4, 'two looks at once are one')
  t.strictSame([changes, faults], [['1A1b'], []])
})

t.test('what cannot be used leaves what was there, and is told once', async t => {
  const files = new MemoryFiles()
  files.set('a', '1a')
  files.set('b', '1b')
  const { watched, faults } = await pair(files)
  files.set('a', '2a')
  await watched.refresh()
  await watched.refresh()
  t.strictSame([watched.current, faults.length], ['1a1b', 1], 'half of a pair')
  files.set('b', '2b')
  await watched.refresh()
  t.equal(watched.current, '2a2b', 'the other half mends it')
  files.remove('b')
  await watched.refresh()
  await watched.refresh()
  t.strictSame([watched.current, faults.length], ['2a2b', 2])
  files.set('b', '2b')
  await watched.refresh()
  t.strictSame([watched.current, faults.length], ['2a2b', 2])
})

t.test('files that cannot be used at the start are a fault', async t => {
  const files = new MemoryFiles()
  await t.rejects(pair(files), /no file a/)
  files.set('a', '1')
  files.set('b', '2')
  await t.rejects(pair(files), /do not belong together/)
})
