import t from 'tap'
import { KeyLock } from '../../src/catalog/key-lock.js'

const pause = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

t.test('work on one key goes one after another, in order; on others at the same time', async t => {
  const lock = new KeyLock()
  const events: string[] = []
  const work = (name: string, keys: string[]): Promise<string> => lock.run(keys, async () => {
    events.push(`${name} begins`)
    await pause()
    events.push(`${name} ends`)
    return name
  })
  t.strictSame(await Promise.all([work('a', ['x']), work('b', ['x']), work('c', ['y'])]), ['a', 'b', 'c'])
  t.strictSame(events.slice(0, 3), ['a begins', 'c begins', 'a ends'])
  t.ok(events.indexOf('b begins') > events.indexOf('a ends'))
  t.equal(events.length, 6)
})

t.test('several keys are held together, in whatever order they are named', async t => {
  const lock = new KeyLock()
  const held = new Set<string>()
  const names = ['a', 'b', 'c', 'd']
  await Promise.all(Array.from({ length: 100 }, (_, i) => {
    const keys = [names[i % 4] ?? '', names[(i * 3 + 1) % 4] ?? '', names[i % 4] ?? '']
    return lock.run(keys, async () => {
      for (const key of new Set(keys)) {
        if (held.has(key)) t.fail(`${key} was held twice`)
        held.add(key)
      }
      await pause()
      for (const key of keys) held.delete(key)
    })
  }))
  t.equal(held.size, 0)
})

t.test('work that fails lets go', async t => {
  const lock = new KeyLock()
  const failure = new Error('no')
  await t.rejects(lock.run(['x', 'y'], async () => { throw failure }), failure)
  t.equal(await lock.run(['y', 'x'], async () => 'free'), 'free')
  t.equal(await lock.run([], async () => 'nothing to hold'), 'nothing to hold')
})
