import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { atomicWrite } from '../../src/remote/atomic-write.js'

t.test('writes a new file and replaces an old one, with the mode asked for', async t => {
  const path = join(t.testdir(), 'file')
  t.equal(await atomicWrite(path, 'one', { mode: 0o600 }), true)
  t.equal(readFileSync(path, 'utf8'), 'one')
  t.equal(statSync(path).mode & 0o777, 0o600)
  await atomicWrite(path, Buffer.from('two'), { mode: 0o644 })
  t.equal(readFileSync(path, 'utf8'), 'two')
  t.equal(statSync(path).mode & 0o777, 0o644)
})

t.test('leaves everything as it was when told so, or when it fails', async t => {
  const folder = t.testdir({ file: 'old' })
  const path = join(folder, 'file')
  t.equal(await atomicWrite(path, 'new', { mode: 0o600, beforeRename: async () => false }), false)
  await t.rejects(atomicWrite(path, 'new', { mode: 0o600, beforeRename: async () => { throw new Error('no') } }), { message: 'no' })
  await t.rejects(atomicWrite(join(folder, 'gone', 'file'), 'new', { mode: 0o600 }), { code: 'ENOENT' })
  t.equal(readFileSync(path, 'utf8'), 'old')
  t.strictSame(readdirSync(folder), ['file'])
})

t.test('keeps a symbolic link, and writes where it leads', async t => {
  const folder = t.testdir({ elsewhere: {} })
  writeFileSync(join(folder, 'elsewhere', 'real'), 'old')
  symlinkSync(join(folder, 'elsewhere', 'real'), join(folder, 'link'))
  await atomicWrite(join(folder, 'link'), 'new', { mode: 0o600 })
  t.ok(lstatSync(join(folder, 'link')).isSymbolicLink())
  t.equal(readFileSync(join(folder, 'elsewhere', 'real'), 'utf8'), 'new')
})
