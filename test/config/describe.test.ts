import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { definitions } from '../../src/config/definitions.js'
import { describeSettings } from '../../src/config/describe.js'
import { repositoryRoot } from '../cluster/repository-root.js'

const readme = readFileSync(join(repositoryRoot(import.meta.dirname), 'README.md'), 'utf8')
const begin = '<!-- settings: made from src/config/definitions.ts, compared by test/config/describe.test.ts -->\n'
const end = '<!-- end of settings -->'

t.test('the table in the README is the one that the definitions give', async t => {
  const start = readme.indexOf(begin)
  t.not(start, -1, 'the README marks where the table begins')
  t.equal(readme.slice(start + begin.length, readme.indexOf(end)), describeSettings())
})

t.test('no two settings share a flag, a variable or a key', async t => {
  for (const field of ['flag', 'env', 'file'] as const) {
    const names = Object.values(definitions).flatMap(definition => field in definition ? [definition[field as 'flag']] : [])
    t.equal(new Set(names).size, names.length, field)
  }
})
