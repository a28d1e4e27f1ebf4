import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Test } from 'tap'
import type { Backend, ByteRange, ObjectInfo } from '../../storage/backend.js'
import { ObjectExists, ObjectNotFound } from '../../storage/errors.js'
import { compareKeys } from '../../storage/key.js'

/** Opens an empty backend; what it needs is cleaned up by the test it belongs to. */
type Open = (t: Test) => Promise<Backend>

/** What storage/backend.ts promises, tried on one implementation. */
export async function backendContract (t: Test, open: Open): Promise<void> {
  for (const [name, check] of Object.entries(promises)) {
    await t.test(name, async t => check(t, await open(t)))
  }
}

const promises: Readonly<Record<string, (t: Test, backend: Backend) => Promise<void>>> = {
  'an absent object is not found, and is not there for read and delete either': async (t, backend) => {
    for (const key of ['absent.tgz', 'team-a/absent.tgz', 'a/b/c/absent']) {
      await t.rejects(backend.stat(key), ObjectNotFound)
      await t.rejects(backend.read(key), { code: 'absent', key })
      await backend.delete(key)
    }
  },

  'what create and put write is what stat and read give': async (t, backend) => {
    for (const write of ['create', 'put'] as const) {
      for (const size of [0, 1, 65_536, 300_001]) {
        const key = `${write}/${size}.bin`
        const bytes = randomBytes(size)
        const written = await backend[write](key, body(bytes))
        t.match(written, { key, size })
        t.strictSame(await backend.stat(key), written)
        t.ok((await buffer(await backend.read(key))).equals(bytes), key)
      }
    }
  },

  'many chunks arrive in order': async (t, backend) => {
    const chunks = Array.from({ length: 1000 }, (_, i) => Buffer.from(`chunk ${i}\n`))
    await backend.create('many', Readable.from(chunks, { objectMode: false }))
    t.equal(await text(backend, 'many'), chunks.join(''))
  },

  'read gives the bytes of a range': async (t, backend) => {
    await backend.create('digits', body('0123456789'))
    const expected: Array<[ByteRange, string]> = [
      [{ start: 0 }, '0123456789'], [{ start: 3 }, '3456789'], [{ start: 3, end: 3 }, '3'], [{ start: 0, end: 4 }, '01234'],
      [{ start: 8, end: 100 }, '89'], [{ start: 9 }, '9'], [{ start: 10 }, ''], [{ start: 50, end: 60 }, ''], [{ start: 5, end: 2 }, '']
    ]
    for (const [range, want] of expected) t.equal(await text(backend, 'digits', range), want, JSON.stringify(range))
    await backend.create('nothing', body(''))
    t.equal(await text(backend, 'nothing', { start: 0, end: 5 }), '')
  },

  'create refuses an object that is there, and leaves it alone': async (t, backend) => {
    const first = await backend.create('team-a/x.tgz', body('first'))
    await t.rejects(backend.create('team-a/x.tgz', body('second')), ObjectExists)
    t.equal(await text(backend, 'team-a/x.tgz'), 'first')
    t.strictSame(await backend.stat('team-a/x.tgz'), first)
  },

  'of racing creates exactly one succeeds, and its bytes stay': async (t, backend) => {
    const bodies = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(1000 + i))
    const outcomes = await Promise.allSettled(bodies.map(text => backend.create('race', body(text))))
    const won = outcomes.flatMap((outcome, i) => outcome.status === 'fulfilled' ? [i] : [])
    t.equal(won.length, 1)
    t.equal(await text(backend, 'race'), bodies[won[0] ?? -1])
    t.ok(outcomes.every(outcome => outcome.status === 'fulfilled' || outcome.reason instanceof ObjectExists))
    t.strictSame(await keys(backend, ''), ['race'])
  },

  'create works again after delete': async (t, backend) => {
    await backend.create('again', body('one'))
    await backend.delete('again')
    await t.rejects(backend.stat('again'), ObjectNotFound)
    await backend.create('again', body('two'))
    t.equal(await text(backend, 'again'), 'two')
  },

  'put replaces, and the etag tells': async (t, backend) => {
    const first = await backend.put('x', body('one'))
    const second = await backend.put('x', body('two'))
    t.not(first.etag, second.etag)
    t.equal(await text(backend, 'x'), 'two')
    t.match(await backend.stat('x'), { size: 3, etag: second.etag })
  },

  'an opened stream goes on with the bytes it began with': async (t, backend) => {
    const old = randomBytes(1_000_000)
    for (const change of [() => backend.put('x', body('new')), () => backend.delete('x')]) {
      await backend.put('x', body(old))
      const opened = await backend.read('x')
      await change()
      t.ok((await buffer(opened)).equals(old))
    }
  },

  'readers of an object that is put again and again see one of its states': async (t, backend) => {
    const state = (i: number): string => `${i % 10}`.repeat(200_000 + i)
    await backend.put('x', body(state(0)))
    const progress = { written: 0, read: 0 }
    const writer = (async () => {
      while (progress.written < 20) await backend.put('x', body(state(++progress.written)))
    })()
    while (progress.written < 20 || progress.read === 0) {
      const seen = await text(backend, 'x')
      progress.read++
      if (seen !== state(seen.length - 200_000)) t.fail('a mixture was read')
    }
    await writer
    t.ok(progress.read > 0)
  },

  'a body that fails leaves nothing behind, and its failure is told as it is': async (t, backend) => {
    const failure = new Error('the client went away')
    const failing = (): Readable => Readable.from((async function * () {
      yield Buffer.from('half of it')
      throw failure
    })(), { objectMode: false })
    await t.rejects(backend.create('half', failing()), failure)
    await t.rejects(backend.stat('half'), ObjectNotFound)
    await backend.put('whole', body('whole'))
    await t.rejects(backend.put('whole', failing()), failure)
    t.equal(await text(backend, 'whole'), 'whole')
    t.strictSame(await keys(backend, ''), ['whole'])
  },

  'list gives all keys in bytewise order, each as stat has it': async (t, backend) => {
    await fill(backend, awkwardKeys)
    const infos = await list(backend, '')
    t.strictSame(infos.map(info => info.key), [...awkwardKeys].sort(compareKeys))
    for (const info of infos) t.strictSame(info, await backend.stat(info.key))
  },

  'list keeps to a prefix, at a segment boundary or not': async (t, backend) => {
    await fill(backend, awkwardKeys)
    for (const prefix of ['a', 'a/', 'a/b', 'a/b/', 'a-', 'a/b/c', '1.0', 'tag/1.0', 'org1', 'org1/', 'nothing', 'nothing/at/all', 'a/b/c/d/e', 'é']) {
      t.strictSame(await keys(backend, prefix), awkwardKeys.filter(key => key.startsWith(prefix)).sort(compareKeys), prefix)
    }
  },

  'list begins after a key, there or not': async (t, backend) => {
    await fill(backend, awkwardKeys)
    for (const after of [...awkwardKeys, 'a', 'a/', 'a/b/', 'b', 'org1/zzz', '\u{10ffff}', ' ']) {
      for (const prefix of ['', 'a/', 'org1']) {
        const want = awkwardKeys.filter(key => key.startsWith(prefix) && compareKeys(key, after) > 0).sort(compareKeys)
        t.strictSame(await keys(backend, prefix, after), want, `${prefix} after ${after}`)
      }
    }
  },

  'an empty backend lists nothing': async (t, backend) => {
    t.strictSame(await keys(backend, ''), [])
    t.strictSame(await keys(backend, 'team-a/'), [])
  },

  'a list that is left early is no burden': async (t, backend) => {
    await fill(backend, awkwardKeys)
    const listing = backend.list('')[Symbol.asyncIterator]()
    t.match(await listing.next(), { done: false, value: { key: [...awkwardKeys].sort(compareKeys)[0] } })
    await listing.return?.()
    await backend.delete('a/b/c')
    t.notOk((await keys(backend, '')).includes('a/b/c'))
  },

  'keys are taken as they are': async (t, backend) => {
    const odd = ['with space.tgz', 'plus+1.0.0+build.5.tgz', '%2e%2e', '~tilde', 'ünïcode-1.tgz', '漢字/😀.tgz', '...', '-', 'COM1', `${'x'.repeat(251)}.tgz`]
    await fill(backend, odd)
    t.strictSame(await keys(backend, ''), [...odd].sort(compareKeys))
    for (const key of odd) t.equal(await text(backend, key), key)
  }
}

/** Keys of which one begins another, or which sort otherwise when a slash, a surrogate or a number is taken for something else. */
const awkwardKeys: readonly string[] = [
  'a-1.0.0.tgz', 'a.tgz', 'a/b/c', 'a/b-c', 'a/b.c', 'a/b0', 'a0', 'aa', 'a/b/c.prov', 'tag/1.0', 'tag/1.0-rc', 'tag/1.0.0', 'tag/1.0+b',
  '1.0.tgz', '1.0.tgz.prov', '10.tgz', '2.tgz', 'org1/x.tgz', 'org10/x.tgz', 'org1-x.tgz', 'A/x', 'Z', '_', 'é/x', 'é.x', '\ufffd', '\u{1f600}', '\ue000/x'
]

/** A stream of a text or of bytes. */
export function body (content: string | Uint8Array): Readable {
  return Readable.from([Buffer.from(content)], { objectMode: false })
}

/** An object's bytes as text. */
export async function text (backend: Backend, key: string, range?: ByteRange): Promise<string> {
  return (await buffer(await backend.read(key, range))).toString()
}

/** All that a backend lists. */
export async function list (backend: Backend, prefix: string, after?: string): Promise<ObjectInfo[]> {
  const infos: ObjectInfo[] = []
  for await (const info of backend.list(prefix, after)) infos.push(info)
  return infos
}

/** The keys that a backend lists. */
export async function keys (backend: Backend, prefix: string, after?: string): Promise<string[]> {
  return (await list(backend, prefix, after)).map(info => info.key)
}

async function fill (backend: Backend, all: readonly string[]): Promise<void> {
  for (const key of all) await backend.create(key, body(key))
}
