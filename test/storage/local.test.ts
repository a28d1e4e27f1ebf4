import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Test } from 'tap'
import t from 'tap'
import { checked } from '../../storage/checked.js'
import { Conflict, InvalidKey, ObjectNotFound, StorageFailed } from '../../storage/errors.js'
import { nameFault } from '../../storage/local-fault.js'
import { openLocal } from '../../storage/local.js'
import { reservedName } from '../../storage/local-staging.js'
import { thisWriter } from '../../storage/writer.js'
import { backendContract, body, keys, text } from './backend-contract.js'

const openEmpty = async (t: Test) => openLocal({ root: t.testdir() })

t.test('the local backend keeps the contract', t => backendContract(t, openEmpty))

t.test('so it does when checked', t => backendContract(t, async t => checked(await openEmpty(t))))

t.test('objects are files below the root, which is made', async t => {
  const root = join(t.testdir(), 'made', 'for', 'it')
  const backend = await openLocal({ root })
  await backend.create('team-a/mychart-0.1.0.tgz', body('bytes'))
  t.equal(readFileSync(join(root, 'team-a', 'mychart-0.1.0.tgz'), 'utf8'), 'bytes')
  t.equal(statSync(join(root, 'team-a', 'mychart-0.1.0.tgz')).nlink, 1)
})

t.test('files that somebody else put there are objects', async t => {
  const root = t.testdir({ 'x-1.0.0.tgz': 'x', 'team-a': { 'y-1.0.0.tgz': 'y' }, 'lost+found': { '#1234': 'z' } })
  const backend = await openLocal({ root })
  t.strictSame(await keys(backend, ''), ['team-a/y-1.0.0.tgz', 'x-1.0.0.tgz'])
})

t.test('no write leaves anything in the staging folder', async t => {
  const root = t.testdir()
  const backend = await openLocal({ root })
  await backend.create('x', body('1'))
  await backend.put('x', body('2'))
  await t.rejects(backend.create('x', body('3')))
  await t.rejects(backend.put('y', Readable.from((async function * () { throw new Error('gone') })())))
  await t.rejects(backend.put('x/below', body('4')), Conflict)
  t.strictSame(readdirSync(join(root, reservedName, 'staging')), [])
})

t.test('what killed writers left is swept at opening; what others still write is not', async t => {
  const [host, , began] = thisWriter.split('.')
  const names = {
    killedHere: `${host ?? ''}.999999999.1.a`,
    earlierWithOurId: `${host ?? ''}.${process.pid}.1.a`,
    ours: `${thisWriter}.a`,
    elsewhere: `other-host.1.${began ?? ''}.a`,
    elsewhereLongAgo: `other-host.2.${began ?? ''}.a`,
    unknown: 'whatever'
  }
  const root = t.testdir({ [reservedName]: { staging: Object.fromEntries(Object.values(names).map(name => [name, 'half'])) } })
  const folder = join(root, reservedName, 'staging')
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
  utimesSync(join(folder, names.elsewhereLongAgo), longAgo, longAgo)
  const backend = await openLocal({ root })
  t.strictSame(readdirSync(folder).sort(), [names.ours, names.elsewhere, names.unknown].sort())
  t.strictSame(await keys(backend, ''), [])
})

t.test('the reserved names are no keys', async t => {
  const root = t.testdir()
  const backend = await openLocal({ root })
  for (const key of [`${reservedName}/x`, `${reservedName}/staging/x`, 'lost+found/x']) {
    await t.rejects(backend.create(key, body('x')), InvalidKey)
    await t.rejects(backend.read(key), InvalidKey)
    await t.rejects(backend.delete(key), InvalidKey)
    t.strictSame(await keys(backend, key), [])
  }
  await t.rejects(backend.create(reservedName, body('x')), Conflict)
})

t.test('symbolic links below the root lead nowhere', async t => {
  const outside = t.testdir({ outside: { 'secret.tgz': 'secret' }, root: { real: { 'x.tgz': 'x' } } })
  const root = join(outside, 'root')
  symlinkSync(join(outside, 'outside'), join(root, 'folder'))
  symlinkSync(join(outside, 'outside', 'secret.tgz'), join(root, 'file.tgz'))
  symlinkSync(join(root, 'real'), join(root, 'within'))
  const backend = await openLocal({ root })
  t.strictSame(await keys(backend, ''), ['real/x.tgz'])
  for (const key of ['folder/secret.tgz', 'file.tgz', 'within/x.tgz']) {
    await t.rejects(backend.stat(key), ObjectNotFound)
    await t.rejects(backend.read(key), ObjectNotFound)
    await backend.delete(key)
  }
  t.strictSame(await keys(backend, 'folder/'), [])
  for (const write of ['create', 'put'] as const) await t.rejects(backend[write]('folder/new.tgz', body('x')), Conflict)
  await t.rejects(backend.create('file.tgz', body('x')), Conflict)
  t.strictSame(readdirSync(join(outside, 'outside')), ['secret.tgz'])
  t.equal(readFileSync(join(outside, 'outside', 'secret.tgz'), 'utf8'), 'secret')
  await backend.put('file.tgz', body('replaced'))
  t.equal(await text(backend, 'file.tgz'), 'replaced')
  t.equal(readFileSync(join(outside, 'outside', 'secret.tgz'), 'utf8'), 'secret')
})

t.test('what is neither a file nor a folder is no object, and nobody waits for it', async t => {
  const root = t.testdir({ folder: {} })
  const backend = await openLocal({ root })
  execFileSync('mkfifo', [join(root, 'pipe')])
  for (const key of ['pipe', 'folder', 'pipe/x']) {
    await t.rejects(backend.read(key), ObjectNotFound, key)
    await t.rejects(backend.stat(key), ObjectNotFound, key)
  }
})

t.test('the root itself may be a link', async t => {
  const folder = t.testdir({ real: {} })
  symlinkSync(join(folder, 'real'), join(folder, 'link'))
  const backend = await openLocal({ root: join(folder, 'link') })
  await backend.create('team-a/x', body('x'))
  t.strictSame(await keys(backend, ''), ['team-a/x'])
})

t.test('an object and a folder cannot have one name', async t => {
  const backend = await openLocal({ root: t.testdir({ a: 'object', b: { c: 'object' } }) })
  for (const write of ['create', 'put'] as const) {
    await t.rejects(backend[write]('a/below', body('x')), Conflict)
    await t.rejects(backend[write]('b', body('x')), Conflict)
  }
  await t.rejects(backend.stat('b'), ObjectNotFound)
  await t.rejects(backend.stat('a/below'), ObjectNotFound)
  await backend.delete('b')
  t.strictSame(await keys(backend, ''), ['a', 'b/c'])
})

t.test('a root that went away is a failure, not an empty store', async t => {
  const folder = t.testdir({ root: { 'team-a': { x: 'x' } } })
  const backend = await openLocal({ root: join(folder, 'root') })
  renameSync(join(folder, 'root'), join(folder, 'elsewhere'))
  await t.rejects(backend.stat('team-a/x'), StorageFailed)
  await t.rejects(backend.read('x'), StorageFailed)
  await t.rejects(keys(backend, ''), StorageFailed)
  await t.rejects(backend.create('x', body('x')), StorageFailed)
})

t.test('a root that cannot be is told by its path', async t => {
  const folder = t.testdir({ file: 'x' })
  await t.rejects(openLocal({ root: join(folder, 'file', 'below') }), { code: 'failed', message: /file/ })
})

t.test('a full disk is told as such', async t => {
  t.match(nameFault('x', Object.assign(new Error('disk'), { code: 'ENOSPC' })), { code: 'full', key: 'x' })
  // As Node tells EDQUOT.
  t.match(nameFault('x', Object.assign(new Error('quota'), { code: `Unknown system error -${constants.errno.EDQUOT}`, errno: -constants.errno.EDQUOT })), { code: 'full' })
  t.match(nameFault('x', Object.assign(new Error('name'), { code: 'ENAMETOOLONG' })), { code: 'invalid-key' })
  t.match(nameFault('x', Object.assign(new Error('disk'), { code: 'EIO' })), { code: 'failed' })
})
