import t from 'tap'
import { engineFunctions } from '../../../src/engine/functions.js'
import { builtins } from '../../../src/template/builtins.js'
import { fixedSources } from '../../engine/case-chart.js'
import { chanceFamilies } from './families/chance.js'
import { functionFamilies } from './families/functions.js'
import { templateFamilies } from './families/templates.js'
import { Random } from './random.js'
import type { Trial } from './trial.js'

const families = [...templateFamilies, ...functionFamilies, ...chanceFamilies]

function textOf (trial: Trial): string {
  return trial.kind === 'template' ? trial.template : Object.values(trial.files).join('\n')
}

t.test('the fuzzer calls every function that templates may call', t => {
  const words = new Set<string>()
  for (const family of families) {
    for (let number = 0; number < 60 * Math.max(family.weight, 4); number++) {
      for (const word of textOf(family.generate(new Random(1, number))).match(/\w+/g) ?? []) words.add(word)
    }
  }
  const names = [...engineFunctions(fixedSources()).keys(), ...builtins.keys()]
  t.strictSame(names.filter(name => !words.has(name)), [])
  t.end()
})

t.test('a case is made of its seed and number alone', t => {
  for (const family of families) {
    t.strictSame(family.generate(new Random(7, 11)), family.generate(new Random(7, 11)), family.name)
    t.notSame(family.generate(new Random(7, 11)), family.generate(new Random(7, 12)), family.name)
  }
  t.end()
})
