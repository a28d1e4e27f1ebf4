import t from 'tap'
import { TextParser } from '../../src/template/parsed-texts.js'

t.test('what was parsed once is not parsed again', async t => {
  const origin = {}
  const text = { name: 'a', text: '{{ f }}{{ define "b" }}x{{ end }}', origin }
  const first = new TextParser(new Map([['f', 1]])).trees(text)
  t.strictSame([...first.keys()].sort(), ['a', 'b'])
  t.equal(new TextParser(new Map([['f', 2]])).trees(text), first, 'for a set with the same functions')
  t.not(new TextParser(new Map([['f', 1]])).trees({ name: 'a', text: text.text }), first, 'what has no origin is not kept')
})

t.test('another name or other functions are another parse', async t => {
  const origin = {}
  const parser = new TextParser(new Map([['f', 1]]))
  t.ok(parser.trees({ name: 'a', text: '{{ f }}', origin }).has('a'))
  t.ok(parser.trees({ name: 'b', text: '{{ f }}', origin }).has('b'))
  t.throws(() => new TextParser(new Map()).trees({ name: 'b', text: '{{ f }}', origin }), { message: /function "f" not defined/ })
})
