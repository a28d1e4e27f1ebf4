import t from 'tap'
import { ManifestError } from '../../src/engine/errors.js'
import { faultPage } from '../../src/engine/fault-page.js'

const error = (document: string, line: number | undefined, text = document): ManifestError => new ManifestError(
  `YAML parse error on c/templates/a.yaml: error converting YAML to JSON: yaml: ${line === undefined ? '' : `line ${line}: `}mapping values are not allowed in this context`,
  { path: 'c/templates/a.yaml', document, files: new Map([['c/templates/a.yaml', text]]) })

t.test('the lines around the fault, the one at fault marked', async t => {
  const document = Array.from({ length: 12 }, (_, i) => i === 6 ? 'bad: a: b' : `line${i + 1}: x`).join('\n')
  t.equal(faultPage(error(document, 7), { secrets: false }), 'c/templates/a.yaml, as rendered:\n' +
    '   3 | line3: x\n   4 | line4: x\n   5 | line5: x\n   6 | line6: x\n>  7 | bad: a: b\n   8 | line8: x\n   9 | line9: x\n  10 | line10: x\n  11 | line11: x\n')
})

t.test('lines count in the file, not in the document', async t => {
  const document = 'kind: B\na: b: c\n'
  t.equal(faultPage(error(document, 2, `kind: A\n---\n${document}`), { secrets: false }), 'c/templates/a.yaml, as rendered (a document that starts at line 3):\n  3 | kind: B\n> 4 | a: b: c\n')
})

t.test('no line is marked when none is named, nor one that is not there', async t => {
  t.notMatch(faultPage(error('- a\n', undefined), { secrets: false }), />/)
  t.match(faultPage(error('a\nb\n', 99), { secrets: false }), '> 2 | b')
})

t.test('Secrets are not shown, unless asked for', async t => {
  const document = 'kind: Secret\ndata: a: cGFzc3dvcmQ=\n'
  t.equal(faultPage(error(document, 2), { secrets: false }), 'c/templates/a.yaml, as rendered, is a Secret: its lines are shown with --debug only\n')
  t.match(faultPage(error(document, 2), { secrets: true }), 'cGFzc3dvcmQ=')
})

t.test('long lines are cut, and nothing steers the terminal', async t => {
  t.match(faultPage(error(`a: \x1b[31m${'x'.repeat(500)}`, 1), { secrets: false }), /^> 1 \| a: \ufffd\[31mx{150,160}…\n$/m)
})
