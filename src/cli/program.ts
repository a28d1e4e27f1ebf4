import { env } from './commands/env.js'
import { get } from './commands/get.js'
import { install } from './commands/install.js'
import { list } from './commands/list.js'
import { pull } from './commands/pull.js'
import { repo } from './commands/repo.js'
import { search } from './commands/search.js'
import { serve } from './commands/serve.js'
import { show } from './commands/show.js'
import { status } from './commands/status.js'
import { template } from './commands/template.js'
import { uninstall } from './commands/uninstall.js'
import { version } from './commands/version.js'
import type { Program } from './run.js'
import { globalFlags } from './settings.js'

/** The whole program: every command it has, and the flags that all of them take. */
export const program: Program = {
  root: {
    name: 'portolan',
    summary: 'A private Helm chart repository server, and an install engine for its charts',
    commands: [env, get, install, list, pull, repo, search, serve, show, status, template, uninstall, version]
  },
  globalFlags: context => globalFlags(context.env)
}
