import t from 'tap'
import { encode } from '../../src/go/bytes.js'
import { messageOf } from '../../src/errors.js'
import { parse } from '../../src/template/parse.js'
import { TemplateSet } from '../../src/template/template.js'
import { templateCases, templateRecording, type TemplateCase, type TemplateResult } from '../compat/go-template-cases.js'
import { functions, toValue } from './functions.js'

const { go, results } = templateRecording()

t.test('the recording is of a Go that Helm is built with', async t => {
  t.match(go, /^go1\.2[6-9]/)
})

t.test('the recording is of the cases as they are', async t => {
  t.strictSame(Object.keys(results), [...templateCases().values()].flat().map(found => found.name))
})

for (const [group, cases] of templateCases()) {
  t.test(`as Go: ${group}`, async t => {
    for (const found of cases) {
      const expected = results[found.name]
      if (expected === undefined) throw new Error(`${found.name} is not recorded; run test/compat/record-go-template.ts`)
      const { tree, ...outcome } = expected
      t.strictSame(execute(found), outcome, found.name)
      if (tree !== undefined) t.equal(printTree(found), tree, `the tree of ${found.name}`)
    }
  })
}

/** The case's outcome, in the recording's terms. */
function execute (found: TemplateCase): TemplateResult {
  const set = new TemplateSet({ functions, missingKey: found.missingKey, name: 'set' })
  try {
    for (const { name, text } of found.texts) set.parse(name, text)
    const output = set.execute(found.execute, toValue(found.data))
    const bytes = encode(output)
    if (!Buffer.from(bytes).equals(Buffer.from(output))) return { bytes: Buffer.from(bytes).toString('base64') }
    return output === '' ? {} : { output }
  } catch (error) {
    return { error: messageOf(error), messages: messagesOf(error) }
  }
}

/** The messages of an error and of its causes, as Go's errors wrap each other: each once. */
function messagesOf (error: unknown): string[] {
  const messages: string[] = []
  for (let next = error; next instanceof Error; next = next.cause) {
    if (messages.at(-1) !== next.message) messages.push(next.message)
  }
  return messages
}

function printTree (found: TemplateCase): string | undefined {
  const trees = found.texts.map(({ name, text }) => parse(name, text, { functions }).get(found.execute))
  return trees.findLast(tree => tree !== undefined && String(tree.root).trim() !== '')?.root.toString() ?? trees.findLast(tree => tree !== undefined)?.root.toString()
}
