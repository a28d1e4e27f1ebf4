import { Readable } from 'node:stream'
import { env } from '../../../src/cli/commands/env.js'
import { pull } from '../../../src/cli/commands/pull.js'
import { repo } from '../../../src/cli/commands/repo.js'
import { search } from '../../../src/cli/commands/search.js'
import { show } from '../../../src/cli/commands/show.js'
import { version } from '../../../src/cli/commands/version.js'
import type { Command, CommandGroup } from '../../../src/cli/command.js'
import { run, type Program } from '../../../src/cli/run.js'
import { globalFlags } from '../../../src/cli/settings.js'
import type { Answered, Runner } from '../../compat/session.js'
import { testContext } from '../../helpers/test-context.js'

/** Runs calls of some commands in this process, in a program of their own. */
export function runnerOf (commands: ReadonlyArray<Command | CommandGroup>): Runner {
  const program: Program = {
    root: { name: 'portolan', summary: 'under test', commands },
    globalFlags: context => globalFlags(context.env)
  }
  return async (args, { cwd, env, stdin }) => {
    const { context, stdout, stderr } = testContext({ cwd, env, stdin: Readable.from([stdin]), clock: () => new Date() })
    const code = await run(program, args, context)
    return { code, stdout: stdout(), stderr: stderr() }
  }
}

/** Runs one call of the commands that look up and fetch charts. */
export const runPortolan = runnerOf([env, pull, repo, search, show, version])

/** Runs one call given as a line, and gives what it printed. */
export async function call (line: string, home: string, rest: { readonly env?: Record<string, string>, readonly stdin?: string } = {}): Promise<Answered> {
  const { env = {}, stdin = '' } = rest
  return await runPortolan(line.split(' ').filter(word => word !== ''), { cwd: home, env: { HOME: home, ...env }, stdin })
}
