import t from 'tap'
import { mergeFiles, splitFiles } from '../../src/engine/post-render.js'

const mark = "postrenderer.helm.sh/postrender-filename: 'c/templates/a.yaml'"

t.test('each document is marked with its file, and keeps comments and styles', async t => {
  const merged = mergeFiles(new Map([
    ['c/templates/b.yaml', '  \n'],
    ['c/templates/_x.tpl', 'x'],
    ['c/templates/a.yaml', "# top\nkind: A   # a\nmetadata:\n    name: 'x'\n\n    labels: {a: b}\n---\n# only a comment\n---\nkind: B\nmetadata: {annotations: {x: y}}\n"]
  ]))
  t.equal(merged, `# top\nkind: A # a\nmetadata:\n  name: 'x'\n  labels: {a: b}\n  annotations:\n    ${mark}\n---\nkind: B\nmetadata: {annotations: {x: y, ${mark}}}\n`)
  t.strictSame(splitFiles(merged), new Map([['c/templates/a.yaml', "# top\nkind: A # a\nmetadata:\n  name: 'x'\n  labels: {a: b}\n---\nkind: B\nmetadata: {annotations: {x: y}}\n"]]))
})

t.test('scalars come out as they were written', async t => {
  const text = 'a: 0x1F\nb: 1.50\nc: yes\nd: ~\ne:\nf: 1_000\ng: 2001-01-01\nh: "\\té"\ni: !!str 1\nj: null\n'
  t.equal(splitFiles(text).get('generated-by-postrender-0.yaml'), text)
})

t.test('the items of a List are objects of their own', async t => {
  t.strictSame([...splitFiles('kind: List\nitems:\n- kind: A\n- kind: B\n').values()], ['kind: A\n', 'kind: B\n'])
})

t.test('what is no YAML', async t => {
  t.throws(() => mergeFiles(new Map([['c/templates/a.yaml', 'a: b: c\n']])), { code: 'post-render', message: 'parsing c/templates/a.yaml: MalformedYAMLError: yaml: mapping values are not allowed in this context' })
  t.throws(() => splitFiles('a: 1\nb: [\n'), { code: 'post-render', message: /^error parsing YAML: MalformedYAMLError: yaml: line \d+: did not find expected node content/ })
})
