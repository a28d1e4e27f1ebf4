import { env } from './commands/env.js'
import { pull } from './commands/pull.js'
import { repo } from './commands/repo.js'
import { search } from './commands/search.js'
import { serve } from './commands/serve.js'
import { show } from './commands/show.js'
import { version } from './commands/version.js'
import type { Program } from './run.js'
import { globalFlags } from './settings.js'

/** The whole program: every command it has, and the flags that all of them take. */
export const program: Program = {
  root: {
    name: 'portolan',
    summary: 'A private Helm chart repository server, and an install engine for its charts',
    commands: [env, pull, repo, search, serve, show, version]
  },
  globalFlags: context => globalFlags(context.env)
}
