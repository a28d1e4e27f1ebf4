import t from 'tap'
import { Int, type Value } from '../../src/go/value.js'
import type { Operand } from '../../src/template/ast.js'
import { Complex } from '../../src/go/complex.js'
import { constantOf } from '../../src/template/constant.js'
import { parse } from '../../src/template/parse.js'

/** The argument of the only command of `{{print …}}`. */
function operand (text: string): Operand {
  const node = parse('f', `{{print ${text}}}`, { functions: new Set() }).get('f')?.root.nodes[0]
  const argument = node?.type === 'action' ? node.pipe.commands[0]?.args[1] : undefined
  if (argument === undefined) throw new Error(`${text} is no operand`)
  return argument
}

t.test('a number gets its type from how it is written', async t => {
  const table: ReadonlyArray<readonly [text: string, value: Value]> = [
    ['1', new Int('int', 1n)], ['0x1e', new Int('int', 30n)], ["'e'", new Int('int', 101n)], ['1.0', 1], ['1e3', 1000], ['0x1p4', 16],
    ['1i', new Complex(0, 1)], ['0i', new Complex(0, 0)], ['"s"', 's'], ['`r`', 'r'], ['true', true]
  ]
  for (const [text, value] of table) t.strictSame(constantOf(operand(text)), value, text)
})

t.test('what has no value of its own', async t => {
  for (const text of ['nil', '.', '.a', '$', '(1)', '18446744073709551615']) t.equal(constantOf(operand(text)), undefined, text)
})
