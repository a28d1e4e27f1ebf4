import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { CodeCache } from '../../src/cli/code-cache.js'

const text = 'exports.answer = () => { return [6].map(n => n * 7)[0] }\nexports.other = n => { let sum = 0; for (let i = 0; i < n; i++) sum += i % 7; return sum }\n'

interface Exports {
  readonly answer: () => number
  readonly other: (n: number) => number
}

function load (cache: CodeCache, file: string): Exports {
  const module = { exports: {} }
  cache.compile(file)(module.exports, id => id, module, file, '')
  return module.exports as Exports
}

t.test('what was compiled is kept, and used', async t => {
  const folder = t.testdir({ 'a-1.cjs': text })
  const file = join(folder, 'a-1.cjs')
  const kept = join(folder, 'kept', 'a-1.cjs.code')
  const first = new CodeCache(join(folder, 'kept'), () => 5000)
  t.equal(load(first, file).answer(), 42)
  first.keep()
  t.strictSame(readdirSync(join(folder, 'kept')), ['a-1.cjs.code'])
  t.equal(statSync(kept).mode & 0o777, 0o600)
  t.equal(readFileSync(kept).readDoubleLE(0), 5000)

  const { mtimeMs, ino } = statSync(kept)
  const second = new CodeCache(join(folder, 'kept'), () => mtimeMs + 10)
  t.equal(load(second, file).answer(), 42)
  second.keep()
  t.equal(statSync(kept).ino, ino, 'it is left as it is')
})

t.test('it is looked at anew when its age has doubled: what was compiled since then is kept too', async t => {
  const folder = t.testdir({ 'a-1.cjs': text })
  const file = join(folder, 'a-1.cjs')
  const kept = join(folder, 'a-1.cjs.code')
  const first = new CodeCache(folder, () => 100_000)
  load(first, file).answer()
  first.keep()
  const { size } = statSync(kept)

  utimesSync(kept, 100, 100)
  const second = new CodeCache(folder, () => 101_500)
  load(second, file).other(10)
  second.keep()
  t.ok(statSync(kept).size > size, 'a function more')
  t.equal(readFileSync(kept).readDoubleLE(0), 100_000, 'its age counts on')

  utimesSync(kept, 101.5, 101.5)
  const grown = statSync(kept)
  const third = new CodeCache(folder, () => 104_000)
  load(third, file).other(10)
  third.keep()
  t.equal(statSync(kept).ino, grown.ino, 'nothing new')
  t.equal(statSync(kept).mtimeMs, 104_000, 'but looked at')
})

t.test('what is of no use is replaced', async t => {
  const folder = t.testdir({ 'a-1.cjs': text, 'a-1.cjs.code': '' })
  const file = join(folder, 'a-1.cjs')
  const kept = join(folder, 'a-1.cjs.code')
  for (const wrong of ['', 'short', 'not what V8 gives, at all']) {
    // Another text each time: of one that it has compiled already V8 does not look at what is kept.
    writeFileSync(file, `${text}// ${wrong}\n`)
    writeFileSync(kept, wrong)
    const cache = new CodeCache(folder, () => 1000)
    t.equal(load(cache, file).answer(), 42)
    cache.keep()
    t.ok(statSync(kept).size > 200, wrong)
  }
})

t.test('a folder that cannot be made is nobody\'s concern', async t => {
  const folder = t.testdir({ 'a-1.cjs': text, file: '' })
  const cache = new CodeCache(join(folder, 'file', 'in-it'), () => 1000)
  t.equal(load(cache, join(folder, 'a-1.cjs')).answer(), 42)
  cache.keep()
  t.strictSame(readdirSync(folder).sort(), ['a-1.cjs', 'file'])
})

t.test('a fault of the text is one', async t => {
  const folder = t.testdir({ 'a-1.cjs': 'exports.x = ' })
  t.throws(() => new CodeCache(folder, () => 0).compile(join(folder, 'a-1.cjs')), SyntaxError)
})
