import t from 'tap'
import { isStackOverflow } from '../../src/template/stack-overflow.js'

t.test('a full stack is told from other errors', async t => {
  const overflow = (): number => overflow() + 1
  let thrown: unknown
  try {
    overflow()
  } catch (error) {
    thrown = error
  }
  t.equal(isStackOverflow(thrown), true)
  t.equal(isStackOverflow(new RangeError('Invalid array length')), false)
  t.equal(isStackOverflow('Maximum call stack size exceeded'), false)
})
