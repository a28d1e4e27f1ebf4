import t from 'tap'
import { loaded } from '../../src/cli/command.js'
import { program } from '../../src/cli/program.js'

t.test('the list of commands says of each what the command says of itself', async t => {
  t.not(program.root.commands.length, 0)
  for (const command of program.root.commands) {
    const { name, aliases, summary } = await loaded(command)
    t.strictSame({ name: command.name, aliases: command.aliases, summary: command.summary }, { name, aliases, summary }, command.name)
  }
})
