import { PassThrough, Readable } from 'node:stream'
import t from 'tap'
import { readPassword, typedLine } from '../../src/cli/read-password.js'

t.test('without a terminal there is nobody to ask', async t => {
  const stdout = new PassThrough()
  await t.rejects(readPassword({ stdin: Readable.from(['secret\n']), stdout }), { code: 'arguments', message: /--password-stdin/ })
  t.equal(stdout.read(), null)
})

t.test('takes keys up to enter, corrections included', async t => {
  t.equal(await typedLine(Readable.from(['se', 'cx\x7fr', 'et\rmore'])), 'secret')
  t.equal(await typedLine(Readable.from(['\x7fa\b\bпароль\n'])), 'пароль')
  t.equal(await typedLine(Readable.from(['\r'])), '')
})

t.test('gives up when the user does', async t => {
  for (const keys of ['se\x03\r', '\x04', 'no enter']) await t.rejects(typedLine(Readable.from([keys])), { code: 'arguments', message: 'no password was typed' })
})
