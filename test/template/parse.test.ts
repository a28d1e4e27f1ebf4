import t from 'tap'
import type { Tree } from '../../src/template/ast.js'
import { TemplateError } from '../../src/template/errors.js'
import { parse } from '../../src/template/parse.js'

const functions = new Set(['f'])

function failure (text: string): TemplateError {
  try {
    parse('name', text, { functions })
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error(`${text} was parsed`)
}

t.test('a text gives its own tree and those it defines', async t => {
  const trees = parse('name', '{{define "a"}}1{{end}}2{{block "b" .}}3{{end}}', { functions })
  t.strictSame([...trees].map(([name, tree]) => [name, tree.name, String(tree.root)]), [
    ['a', 'a', '1'], ['b', 'b', '3'], ['name', 'name', '2{{template "b" .}}']
  ])
  t.strictSame([...parse('name', '', { functions }).keys()], ['name'])
})

t.test('trees are added to those of the same text', async t => {
  const trees = new Map<string, Tree>()
  t.equal(parse('a', '1', { functions, trees }), trees)
  parse('b', '2', { functions, trees })
  t.strictSame([...trees.keys()], ['a', 'b'])
  t.throws(() => parse('a', '3', { functions, trees }), { message: 'template: a:1: template: multiple definition of template "a"' })
})

t.test('functions must be known; the builtin ones are', async t => {
  t.equal(failure('{{g}}').message, 'template: name:1: function "g" not defined')
  t.equal(String(parse('name', '{{f (len .)}}', { functions }).get('name')?.root), '{{f (len .)}}')
  t.equal(String(parse('name', '{{g}}', { functions: new Map([['g', 1]]) }).get('name')?.root), '{{g}}')
})

t.test('a function may be named break', async t => {
  t.equal(String(parse('name', '{{break 1}}', { functions: new Set(['break']) }).get('name')?.root), '{{break 1}}')
})

t.test('an error knows its place', async t => {
  const error = failure('a\n{{ if .x }}\n{{ end')
  t.equal(error.code, 'parse')
  t.equal(error.message, 'template: name:3: unclosed action')
  t.strictSame(error.place, { template: 'name', name: undefined, line: 3, column: undefined, node: undefined })
  t.equal(error.detail, 'unclosed action')
})

t.test('deep nesting is an error, not a full stack', async t => {
  const cases: ReadonlyArray<readonly [text: string, message: string]> = [
    ['{{if true}}'.repeat(10_000), 'template: name:1: max nesting depth exceeded'],
    ['{{range .}}'.repeat(10_000) + '{{end}}'.repeat(10_000), 'template: name:1: max nesting depth exceeded'],
    ['{{block "a" .}}'.repeat(10_000), 'template: name:1: max nesting depth exceeded'],
    [`{{${'('.repeat(10_000)}`, 'template: name:1: max expression depth exceeded'],
    ['{{if true}}'.repeat(240) + `{{${'('.repeat(10_000)}`, 'template: name:1: max expression depth exceeded']
  ]
  for (const [text, message] of cases) {
    const error = failure(text)
    t.equal(error.code, 'too-deep')
    t.equal(error.message, message)
  }
})

t.test('a chain of else is long and not deep', async t => {
  const chain = `{{if .a}}${'{{else if .b}}'.repeat(5000)}{{end}}`
  t.equal(parse('name', chain, { functions }).get('name')?.root.nodes.length, 1)
})
