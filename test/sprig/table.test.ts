import t from 'tap'
import { caseFileNames, readCases, templateOf } from '../compat/case-file.js'
import { sprigFunctions } from '../../src/sprig/table.js'
import { fixedSources } from '../engine/case-chart.js'

t.test('every function is compared with Helm at least five times', async t => {
  const words = caseFileNames().filter(name => /^(?:sprig|engine)-/.test(name))
    .flatMap(name => readCases(name).map(found => new Set(templateOf(found).match(/\b[a-zA-Z]\w*/g))))
  for (const name of sprigFunctions(fixedSources()).keys()) {
    const cases = words.filter(of => of.has(name)).length
    t.ok(cases >= 5, `${name} has ${cases} cases`)
  }
})

t.test('nothing of the environment or the network', async t => {
  const functions = sprigFunctions(fixedSources())
  for (const name of ['env', 'expandenv', 'getHostByName']) t.notOk(functions.has(name), name)
})
