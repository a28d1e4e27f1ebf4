import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compareKeys } from '../../storage/key.js'
import { walk } from '../../storage/local-listing.js'

t.test('a folder with more names than are held at a time is listed whole and in order', async t => {
  const folder = t.testdir({ many: { 50: { below: '' }, '5-': { a: '', b: '' } } })
  const names = Array.from({ length: 100 }, (_, i) => `many/${(i * 79) % 100}.tgz`)
  for (const name of names) writeFileSync(join(folder, name), '')
  const want = [...names, 'many/50/below', 'many/5-/a', 'many/5-/b'].sort(compareKeys)
  for (const pageSize of [1, 2, 7, 50, 102, 103, 1000]) {
    for (const after of ['', ...want.filter((_, i) => i % 17 === 0), 'many/5-', 'many/50/', 'many/50/a']) {
      const keys: string[] = []
      for await (const { key } of walk(folder, '', { prefix: '', after, hidden: new Set(), pageSize })) keys.push(key)
      t.strictSame(keys, want.filter(key => compareKeys(key, after) > 0), `${pageSize} after ${after}`)
    }
  }
})

t.test('a folder that is gone is empty, and what is hidden is passed over', async t => {
  const folder = t.testdir({ a: '', b: { c: '' }, 'b.x': '' })
  const keys = async (path: string, hidden: string[]): Promise<string[]> => {
    const all: string[] = []
    for await (const { key } of walk(path, '', { prefix: '', after: '', hidden: new Set(hidden) })) all.push(key)
    return all
  }
  t.strictSame(await keys(join(folder, 'gone'), []), [])
  t.strictSame(await keys(folder, []), ['a', 'b.x', 'b/c'])
  t.strictSame(await keys(folder, ['b/', 'a']), ['b.x'])
})

t.test('names that cannot be keys are no objects', async t => {
  const folder = t.testdir({ good: '' })
  for (const name of ['back\\slash', 'line\nfeed', 'bell\u0007']) writeFileSync(join(folder, name), '')
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff, 0xfe])]), '')
  const keys: string[] = []
  for await (const { key } of walk(folder, '', { prefix: '', after: '', hidden: new Set() })) keys.push(key)
  t.strictSame(keys, ['good'])
})
