import t from 'tap'
import { CodedError, messageOf } from '../src/errors.js'

class BoatError extends CodedError<'sunk' | 'lost'> {}

t.test('an error carries its code, its name and its cause', async t => {
  const cause = new Error('a leak')
  const error = new BoatError('sunk', 'the boat sank', { cause })
  t.equal(error.code, 'sunk')
  t.equal(error.name, 'BoatError')
  t.equal(error.message, 'the boat sank')
  t.equal(error.cause, cause)
  t.ok(error instanceof CodedError)
})

t.test('anything thrown has a text', async t => {
  t.equal(messageOf(new Error('no wind')), 'no wind')
  t.equal(messageOf('flat calm'), 'flat calm')
  t.equal(messageOf(undefined), 'undefined')
})
