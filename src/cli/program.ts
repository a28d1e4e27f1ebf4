import type { Program } from './run.js'
import { globalFlags } from './settings.js'

/** The whole program: every command it has, and the flags that all of them take. */
export const program: Program = {
  root: {
    name: 'portolan',
    summary: 'A private Helm chart repository server, and an install engine for its charts',
    commands: []
  },
  globalFlags: context => globalFlags(context.env)
}
