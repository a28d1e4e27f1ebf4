import t from 'tap'
import { checkKey, checkPrefix, compareKeys, isKey } from '../../storage/key.js'
import { InvalidKey } from '../../storage/errors.js'

t.test('keys that any store can hold', async t => {
  for (const key of ['x', 'a/b/c', '...', '.hidden', 'a b+c%2F', '漢字/😀', 'x'.repeat(255), `${'y'.repeat(255)}/`.repeat(3) + 'z'.repeat(255)]) {
    checkKey(key)
    t.ok(isKey(key))
  }
})

t.test('keys that no store should be asked for', async t => {
  const bad = ['', '/', '/x', 'x/', 'a//b', '.', '..', 'a/..', '../a', 'a/./b', 'a\\b', 'a\u0000', 'a\nb', '\u007f', '\u0085', '\ud800', 'x\udc00y',
    'x'.repeat(256), 'ü'.repeat(128), `${'y'.repeat(200)}/`.repeat(6)]
  for (const key of bad) {
    t.throws(() => checkKey(key), InvalidKey, JSON.stringify(key))
    t.notOk(isKey(key))
  }
})

t.test('prefixes', async t => {
  for (const prefix of ['', 'a', 'a/', 'a/b', 'a/..b', 'a/.']) t.doesNotThrow(() => checkPrefix(prefix))
  for (const prefix of ['/', '/a', 'a//', '../', 'a/../b', 'a\\', 'a/\u0000']) t.throws(() => checkPrefix(prefix), InvalidKey, prefix)
})

t.test('keys sort as their bytes do', async t => {
  const keys = ['', 'a', 'a-', 'a.', 'a/', 'a/b', 'a0', 'aa', 'é', '\ud7ff', '\ue000', '\ufffd', '\uffff', '\u{10000}', '\u{1f600}', '\u{1f600}a', '\u{10ffff}', 'b']
  for (const a of keys) {
    for (const b of keys) t.equal(Math.sign(compareKeys(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)), `${a} ${b}`)
  }
})
