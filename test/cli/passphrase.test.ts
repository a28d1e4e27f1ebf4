import { Readable } from 'node:stream'
import t from 'tap'
import { passphraseFrom } from '../../src/cli/passphrase.js'
import { testContext } from '../helpers/test-context.js'

t.test('the first line of a file', async t => {
  const cwd = t.testdir({ unix: 'open sesame\nmore\n', windows: 'open sesame\r\nmore', bare: ' open sesame ', empty: '', blank: '\n' })
  const { context } = testContext({ cwd })
  t.equal(await passphraseFrom(context, 'unix')('Team A'), 'open sesame')
  t.equal(await passphraseFrom(context, 'windows')('Team A'), 'open sesame')
  t.equal(await passphraseFrom(context, 'bare')('Team A'), ' open sesame ')
  t.equal(await passphraseFrom(context, 'blank')('Team A'), '')
  await t.rejects(passphraseFrom(context, 'empty')('Team A'), { message: 'EOF' })
  await t.rejects(passphraseFrom(context, 'nope')('Team A'), { message: 'open nope: no such file or directory' })
})

t.test('standard input, as far as it is needed', async t => {
  const { context } = testContext({ stdin: Readable.from(['open ', 'sesame\nmo', 're']) })
  t.equal(await passphraseFrom(context, '-')('Team A'), 'open sesame')
  await t.rejects(passphraseFrom(testContext().context, '-')('Team A'), { message: 'EOF' })
})

t.test('without a file and without a terminal there is nobody to ask', async t => {
  const { context, stdout } = testContext()
  await t.rejects(passphraseFrom(context, '')('Team "A"'), { code: 'arguments', message: /no terminal to ask for its passphrase: use --passphrase-file/ })
  t.equal(stdout(), 'Password for key "Team \\"A\\"" >  \n')
})
