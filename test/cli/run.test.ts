import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { Command } from '../../src/cli/command.js'
import { CliError } from '../../src/cli/errors.js'
import type { Program } from '../../src/cli/run.js'
import { run } from '../../src/cli/run.js'
import { globalFlags } from '../../src/cli/settings.js'
import { testContext } from '../helpers/test-context.js'

const greet: Command = {
  name: 'greet',
  aliases: ['hail'],
  usage: '[NAME]',
  summary: 'greet a ship',
  arguments: { min: 1, max: 2 },
  flags: [{ name: 'loud', type: 'bool', usage: 'shout' }, { name: 'old', type: 'bool', usage: '', deprecated: 'use --loud instead' }],
  errorPrefix: 'GREETING FAILED: ',
  run: async (context, [name = ''], flags) => {
    if (name === 'ghost') throw new Error('nobody is aboard')
    if (name === 'silent') throw new CliError('silent', 'told already')
    context.stdout.write(`${flags.bool('loud') ? 'HO' : 'ho'} ${name} in ${flags.string('namespace')}\n`)
  }
}
const none: Command = { name: 'none', usage: '', summary: 'takes nothing', arguments: { min: 0, max: 0 }, flags: [], run: async () => {} }
const exactly: Command = { name: 'exactly', usage: 'A B', summary: 'takes two', arguments: { min: 2, max: 2 }, flags: [], run: async () => {} }
const program: Program = {
  root: { name: 'ship', summary: 'ships', commands: [greet, none, exactly, { name: 'fleet', summary: 'many ships', commands: [greet] }] },
  globalFlags: context => globalFlags(context.env)
}

async function call (...argv: string[]): Promise<{ code: number, stdout: string, stderr: string }> {
  const { context, stdout, stderr } = testContext({ env: { HOME: '/home/sailor' } })
  const code = await run(program, argv, context)
  await setImmediate()
  return { code, stdout: stdout(), stderr: stderr() }
}

t.test('a command is found by name, by alias, in a group, behind flags', async t => {
  t.match(await call('greet', 'boat', '-n', 'port'), { code: 0, stdout: 'ho boat in port\n', stderr: '' })
  t.match(await call('hail', '--loud', 'boat'), { stdout: 'HO boat in \n' })
  t.match(await call('fleet', 'greet', 'boat'), { stdout: 'ho boat in \n' })
  t.match(await call('-n', 'port', 'greet', 'boat'), { stdout: 'ho boat in port\n' })
})

t.test('a failure is one line on stderr, with the command\'s prefix, and exit code 1', async t => {
  t.strictSame(await call('greet', 'ghost'), { code: 1, stdout: '', stderr: 'Error: GREETING FAILED: nobody is aboard\n' })
  t.strictSame(await call('greet', 'silent'), { code: 1, stdout: '', stderr: '' })
})

t.test('mistakes are told in Helm\'s words', async t => {
  const wrong: Array<[string[], string]> = [
    [['greet'], '"ship greet" requires at least 1 argument\n\nUsage:  ship greet [NAME] [flags]'],
    [['greet', 'a', 'b', 'c'], '"ship greet" accepts at most 2 arguments\n\nUsage:  ship greet [NAME] [flags]'],
    [['none', 'x'], '"ship none" accepts no arguments\n\nUsage:  ship none [flags]'],
    [['exactly', 'x'], '"ship exactly" requires 2 arguments\n\nUsage:  ship exactly A B [flags]'],
    [['sink'], 'unknown command "sink" for "ship"\nRun \'ship --help\' for usage.'],
    [['gret'], 'unknown command "gret" for "ship"\n\nDid you mean this?\n\tgreet\n\nRun \'ship --help\' for usage.'],
    [['greet', '--zz'], 'unknown flag: --zz']
  ]
  for (const [argv, message] of wrong) t.strictSame(await call(...argv), { code: 1, stdout: '', stderr: `Error: ${message}\n` }, argv.join(' '))
})

t.test('a deprecated flag works and says so', async t => {
  t.match(await call('greet', 'boat', '--old'), { code: 0, stdout: 'ho boat in \n', stderr: 'Flag --old has been deprecated, use --loud instead\n' })
})

t.test('help, asked for in each way', async t => {
  const expected = /^greet a ship\n\nUsage:\n {2}ship greet \[NAME\] \[flags\]\n\nAliases:\n {2}greet, hail\n\nFlags:\n {2}-h, --help {3}help for greet\n {6}--loud {3}shout\n\nGlobal Flags:\n/
  for (const argv of [['greet', '--help'], ['greet', '-h'], ['help', 'greet']]) t.match(await call(...argv), { code: 0, stdout: expected, stderr: '' }, argv.join(' '))
  t.match(await call(), { code: 0, stdout: /Available Commands:\n {2}exactly {5}takes two\n {2}fleet/ })
  t.match(await call('fleet'), { code: 0, stdout: /^many ships\n\nUsage:\n {2}ship fleet \[command\]/ })
  t.match(await call('fleet', 'x'), { code: 0, stdout: /^many ships/ })
})
