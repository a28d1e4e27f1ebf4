import t from 'tap'
import { compareRecorded } from '../engine/compare-recorded.js'

for (const [file, what] of [
  ['template-builtins', 'the builtin functions'],
  ['template-language', 'actions, variables, constants, and what is wrong with them'],
  ['template-printf', 'every kind of value under every verb'],
  ['functions-odd', 'nil maps and slices, complex numbers, bytes that are no UTF-8'],
  ['functions-unsteady', 'what is the same in every run of functions of chance and time, and the zones']
] as const) {
  t.test(`${what}: as Helm answers`, async t => {
    compareRecorded(t, file)
  })
}
