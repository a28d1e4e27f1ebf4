import t from 'tap'
import { compareOutputs } from './corpus/compare.js'
import { withoutExcerpt } from './corpus/outcome.js'

t.test('outputs that are the same are equal', async t => {
  t.same(compareOutputs('a\nb\n', ['a\nb\n']), { equal: true, masked: 0, hidden: 0, reordered: false })
})

t.test('a difference is named by its line', async t => {
  const { equal, difference } = compareOutputs('a: 1\nb: 2\n', ['a: 1\nb: 3\n', 'a: 1\nb: 3\n'])
  t.equal(equal, false)
  t.same(difference, { line: 2, theirs: 'b: 3', ours: 'b: 2' })
})

t.test('an output that goes on longer, or ends earlier, differs', async t => {
  t.equal(compareOutputs('a\nb', ['a']).equal, false)
  t.equal(compareOutputs('a', ['a\nb']).equal, false)
})

t.test('a word in which the real program differs from itself is passed over, and the rest of its line is not', async t => {
  const theirs = ['password: "Ab12"\nuser: x\n', 'password: "Cd34"\nuser: x\n']
  t.match(compareOutputs('password: "Ef56"\nuser: x\n', theirs), { equal: true, masked: 1, hidden: 0 })
  t.equal(compareOutputs("password: 'Ef56'\nuser: x\n", theirs).equal, false, 'the quotes')
  t.equal(compareOutputs('password: "Ef567"\nuser: x\n', theirs).equal, false, 'the length')
  t.equal(compareOutputs('password: "Ef56"\nuser: y\n', theirs).equal, false, 'another line')
  t.equal(compareOutputs('password: "Ef56"\nuser: x\n', ['password: "Ab12"\nuser: x\n']).equal, false, 'one run alone explains nothing')
})

t.test('keys and certificates may be some bytes longer', async t => {
  const theirs = [`key: ${'a'.repeat(1600)}`, `key: ${'b'.repeat(1600)}`]
  t.match(compareOutputs(`key: ${'c'.repeat(1604)}`, theirs), { equal: true, masked: 1 })
  t.equal(compareOutputs(`key: ${'c'.repeat(1700)}`, theirs).equal, false)
})

t.test('where the real program is free in the order of its lines, ours must have the same lines', async t => {
  const theirs = ['a\nb\nc\n', 'b\na\nc\n']
  t.match(compareOutputs('c\nb\na\n', theirs), { equal: true, reordered: true })
  t.equal(compareOutputs('c\nb\nd\n', theirs).equal, false)
})

t.test("the lines that ours shows after Helm's words are no difference", async t => {
  const words = 'Error: YAML parse error on c/templates/a.yaml\n\nUse --debug flag to render out invalid YAML\n'
  t.equal(withoutExcerpt(`${words}\nc/templates/a.yaml, as rendered:\n   9 | a:\n> 10 |   b: [\n  11 |\n`), words)
  t.equal(withoutExcerpt(`${words}\nand more\n`), `${words}\nand more\n`)
})
