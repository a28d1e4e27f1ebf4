import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { Backend } from '../../storage/backend.js'
import { canRedirect } from '../../storage/backend.js'
import type { Operation } from '../../storage/checked.js'
import { checked } from '../../storage/checked.js'
import { Conflict, ObjectNotFound, StorageFailed, StorageFull } from '../../storage/errors.js'
import { MemoryBackend } from '../../storage/memory.js'
import { body, keys, text } from './backend-contract.js'

/** A backend of which some methods are others. */
function altered (changes: Partial<Backend>): Backend {
  const inner = new MemoryBackend()
  const methods: Backend = {
    name: 'altered',
    stat: key => inner.stat(key),
    read: (key, range) => inner.read(key, range),
    create: (key, body) => inner.create(key, body),
    put: (key, body) => inner.put(key, body),
    delete: key => inner.delete(key),
    list: (prefix, after) => inner.list(prefix, after)
  }
  return { ...methods, ...changes }
}

t.test('a bad key never reaches the backend', async t => {
  const reached: string[] = []
  const reach = async (key: string): Promise<never> => {
    reached.push(key)
    throw new Error('reached')
  }
  const backend = checked(altered({ stat: reach, read: reach, create: reach, put: reach, delete: reach, list: prefix => { reached.push(prefix); throw new Error('reached') } }))
  for (const key of ['', '../x', 'a/../../x', 'a\\b', 'a\u0000', 'x'.repeat(300)]) {
    await t.rejects(backend.stat(key), { code: 'invalid-key' })
    await t.rejects(backend.read(key), { code: 'invalid-key' })
    await t.rejects(backend.delete(key), { code: 'invalid-key' })
    const given = body('x')
    await t.rejects(backend.create(key, given), { code: 'invalid-key' })
    t.ok(given.destroyed)
    await t.rejects(backend.put(key, body('x')), { code: 'invalid-key' })
  }
  await t.rejects(keys(backend, '../'), { code: 'invalid-key' })
  t.strictSame(reached, [])
})

t.test('failures name backend, operation and key, and keep their cause', async t => {
  const cause = new Error('the cable is out')
  const backend = checked(altered({
    delete: async () => { throw cause },
    put: async key => { throw new StorageFull(key, 'no space') },
    create: async key => { throw new Conflict(key, 'in the way') }
  }))
  await t.rejects(backend.delete('a/x'), { code: 'failed', key: 'a/x', message: 'altered: delete "a/x": the cable is out', cause })
  await t.rejects(backend.put('a/x', body('x')), { code: 'full', message: 'altered: put "a/x": no space' })
  await t.rejects(backend.create('a/x', body('x')), { code: 'conflict', message: 'altered: create "a/x": in the way' })
  await t.rejects(backend.stat('a/x'), ObjectNotFound)
})

t.test('reads are tried again after a wait, and not for ever', async t => {
  const waits: number[] = []
  const wait = async (milliseconds: number): Promise<void> => { waits.push(milliseconds) }
  const calls = { stat: 0, read: 0 }
  const backend = checked(altered({
    stat: async () => {
      calls.stat++
      throw new StorageFailed('x', 'busy')
    },
    read: async () => {
      if (++calls.read < 3) throw new Error('busy')
      return Readable.from(['bytes'])
    }
  }), { wait })
  t.equal(await text(backend, 'x'), 'bytes')
  t.strictSame(waits, [50, 100])
  await t.rejects(backend.stat('x'), { code: 'failed' })
  t.equal(calls.stat, 3)
})

t.test('what is no failure is not tried again, and neither are writes', async t => {
  let calls = 0
  const fail = (error: Error) => async (): Promise<never> => {
    calls++
    throw error
  }
  const backend = checked(altered({
    stat: fail(new ObjectNotFound('x')), read: fail(new Conflict('x', 'x')), create: fail(new Error('x')), put: fail(new Error('x')), delete: fail(new Error('x'))
  }), { wait: async () => t.fail('waited') })
  await t.rejects(backend.stat('x'))
  await t.rejects(backend.read('x'))
  await t.rejects(backend.create('x', body('x')))
  await t.rejects(backend.put('x', body('x')))
  await t.rejects(backend.delete('x'))
  t.equal(calls, 5)
})

t.test('a list that breaks off goes on where it was', async t => {
  const inner = new MemoryBackend()
  for (const key of ['a', 'b', 'c', 'd', 'e']) await inner.create(key, body(key))
  const asked: string[] = []
  const backend = checked(altered({
    list: async function * (prefix, after = '') {
      asked.push(after)
      let given = 0
      for await (const info of inner.list(prefix, after)) {
        if (given++ === 2) throw new Error('connection reset')
        yield info
      }
    }
  }), { wait: async () => undefined })
  t.strictSame(await keys(backend, ''), ['a', 'b', 'c', 'd', 'e'])
  t.strictSame(asked, ['', 'b', 'd'])
})

t.test('a list that never gets on is given up', async t => {
  let calls = 0
  const backend = checked(altered({ list: () => { throw new Error(`call ${++calls}`) } }), { wait: async () => undefined })
  await t.rejects(keys(backend, 'a'), { code: 'failed', message: 'altered: list "a": call 3' })
})

t.test('a body that fails is told as it is, however the backend words it', async t => {
  const failure = new Error('the client went away')
  const failing = Readable.from((async function * () {
    yield 'half'
    throw failure
  })())
  const backend = checked(altered({
    create: async (key, body) => {
      try {
        for await (const chunk of body) t.ok(chunk)
      } catch {
        throw new StorageFailed(key, 'upload aborted')
      }
      return { key, size: 0, modified: new Date(0), etag: '' }
    }
  }))
  await t.rejects(backend.create('x', failing), failure)
})

t.test('a backend that gives up in the midst of a body says why', async t => {
  const long = Readable.from((async function * () {
    for (let i = 0; i < 10; i++) yield Buffer.alloc(100_000)
  })(), { objectMode: false })
  const backend = checked(altered({
    create: async (key, body) => {
      try {
        for await (const chunk of body) if (t.ok(chunk)) throw new StorageFull(key, 'no space')
        throw new Error('the body is over')
      } finally {
        await setImmediate()
      }
    }
  }))
  await t.rejects(backend.create('x', long), { code: 'full' })
  t.ok(long.destroyed)
})

t.test('every operation is reported when it has ended', async t => {
  const operations: Operation[] = []
  const backend = checked(new MemoryBackend(), { onOperation: operation => operations.push(operation) })
  await backend.create('x', body('x'))
  await t.rejects(backend.create('x', body('x')))
  await t.rejects(backend.stat('absent'))
  await backend.put('x', body('y'))
  await backend.delete('x')
  await keys(backend, '')
  t.match(operations, [
    { backend: 'memory', name: 'create' }, { name: 'create', error: 'exists' }, { name: 'stat', error: 'absent' },
    { name: 'put' }, { name: 'delete' }, { name: 'list' }
  ])
  t.ok(operations.every(({ seconds }) => seconds >= 0 && seconds < 60))
  t.strictSame(operations.filter(({ error }) => error !== undefined).length, 2)
})

t.test('a backend that can redirect still can', async t => {
  t.notOk(canRedirect(checked(new MemoryBackend())))
  const able = Object.assign(new MemoryBackend(), { signedUrl: async (key: string) => new URL(`https://store.example.com/${key}`) })
  const backend = checked(able)
  if (!canRedirect(backend)) throw new Error('it cannot')
  t.equal((await backend.signedUrl('a/x', 60)).href, 'https://store.example.com/a/x')
  await t.rejects(backend.signedUrl('../x', 60), { code: 'invalid-key' })
})
