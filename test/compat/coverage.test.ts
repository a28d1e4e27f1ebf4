import t from 'tap'
import { engineFunctions } from '../../src/engine/functions.js'
import { builtins } from '../../src/template/builtins.js'
import { parse } from '../../src/template/parse.js'
import { fixedSources } from '../engine/case-chart.js'
import { compareRecorded } from '../engine/compare-recorded.js'
import { calledFunctions } from './calls.js'
import { caseFileNames, recordedCases, templateOf, type RecordedCase } from './case-file.js'

const functions = engineFunctions(fixedSources())
const names = [...new Set([...functions.keys(), ...builtins.keys()])].sort()

/** The case file that only asks which names there are. */
const nameFile = 'function-names'

/** Functions that take anything, in any number: no call of them fails. */
const cannotFail: ReadonlySet<string> = new Set([
  'add', 'all', 'any', 'cat', 'coalesce', 'dict', 'html', 'js', 'list', 'print', 'println', 'quote', 'squote', 'tuple', 'urlquery'
])

/** What a case calls; a template that is no template (a case about that very error) calls nothing. */
function callsOf (found: RecordedCase): ReadonlySet<string> {
  try {
    return calledFunctions(parse('case', templateOf(found), { functions }).values())
  } catch {
    return new Set()
  }
}

/** Whether Helm's error is about a call of the function: it says so, or nothing else was called that could have failed. */
function isErrorOf (name: string, error: string, calls: ReadonlySet<string>): boolean {
  const said = [`error calling ${name}: `, `wrong number of args for ${name}: `, `at <${name}`, `error calling ${name}:\n`]
  return said.some(part => error.includes(part)) || [...calls].every(called => called === name || cannotFail.has(called))
}

const all = caseFileNames().filter(file => file !== nameFile).flatMap(recordedCases).map(found => ({ found, calls: callsOf(found) }))

t.test('the names are those that Helm knows', async t => {
  compareRecorded(t, nameFile)
  const known = recordedCases(nameFile).filter(({ result }) => result.error === undefined).map(({ name }) => name)
  t.strictSame(known.sort(), names)
})

t.test('every function is compared with Helm at least five times, and fails at least once if it can', async t => {
  for (const name of names) {
    const cases = all.filter(({ calls }) => calls.has(name))
    t.ok(cases.length >= 5, `${name}: ${cases.length} cases`)
    const errors = cases.filter(({ found: { result }, calls }) => result.error !== undefined && isErrorOf(name, result.error, calls))
    if (!cannotFail.has(name)) t.ok(errors.length > 0, `${name}: ${errors.length} errors`)
  }
})

t.test('there are at least 2,500 cases', async t => {
  t.ok(all.length >= 2500, `${all.length} cases`)
})
