import type { Program } from './run.js'
import { globalFlags } from './settings.js'

/**
 * The whole program: every command it has, and the flags that all of them take. A command's modules are loaded when it is called: what
 * stands here of each is what the list of commands shows.
 */
export const program: Program = {
  root: {
    name: 'portolan',
    summary: 'A private Helm chart repository server, and an install engine for its charts',
    commands: [
      {
        name: 'backup',
        summary: 'copy the records of the server to a directory',
        load: async () => (await import('./commands/backup.js')).backup
      },
      {
        name: 'create',
        summary: 'create a new chart with the given name',
        load: async () => (await import('./commands/create.js')).create
      },
      {
        name: 'dependency',
        aliases: ['dep', 'dependencies'],
        summary: "manage a chart's dependencies",
        load: async () => (await import('./commands/dependency.js')).dependency
      },
      {
        name: 'diff',
        summary: 'show what differs between revisions, the cluster, and what an upgrade or rollback would make',
        load: async () => (await import('./commands/diff.js')).diff
      },
      {
        name: 'doctor',
        summary: 'compare every stored file with its record',
        load: async () => (await import('./commands/doctor.js')).doctor
      },
      {
        name: 'env',
        summary: 'client environment information',
        load: async () => (await import('./commands/env.js')).env
      },
      {
        name: 'get',
        summary: 'download extended information of a named release',
        load: async () => (await import('./commands/get.js')).get
      },
      {
        name: 'history',
        aliases: ['hist'],
        summary: 'fetch release history',
        load: async () => (await import('./commands/history.js')).history
      },
      {
        name: 'install',
        summary: 'install a chart',
        load: async () => (await import('./commands/install.js')).install
      },
      {
        name: 'lint',
        summary: 'examine a chart for possible issues',
        load: async () => (await import('./commands/lint.js')).lint
      },
      {
        name: 'list',
        aliases: ['ls'],
        summary: 'list releases',
        load: async () => (await import('./commands/list.js')).list
      },
      {
        name: 'package',
        summary: 'package a chart directory into a chart archive',
        load: async () => (await import('./commands/package.js')).packageCommand
      },
      {
        name: 'prune',
        summary: 'remove the versions that a retention policy does not keep',
        load: async () => (await import('./commands/prune.js')).prune
      },
      {
        name: 'pull',
        aliases: ['fetch'],
        summary: 'download a chart from a repository and (optionally) unpack it in local directory',
        load: async () => (await import('./commands/pull.js')).pull
      },
      {
        name: 'repo',
        summary: 'add, list, remove, update and index chart repositories',
        load: async () => (await import('./commands/repo.js')).repo
      },
      {
        name: 'restore',
        summary: 'put the records of a backup in the place of those of the server',
        load: async () => (await import('./commands/restore.js')).restore
      },
      {
        name: 'rollback',
        summary: 'roll back a release to a previous revision',
        load: async () => (await import('./commands/rollback.js')).rollback
      },
      {
        name: 'search',
        summary: 'search for a keyword in charts',
        load: async () => (await import('./commands/search.js')).search
      },
      {
        name: 'serve',
        summary: 'run the chart repository server',
        load: async () => (await import('./commands/serve.js')).serve
      },
      {
        name: 'show',
        aliases: ['inspect'],
        summary: 'show information of a chart',
        load: async () => (await import('./commands/show.js')).show
      },
      {
        name: 'status',
        summary: 'display the status of the named release',
        load: async () => (await import('./commands/status.js')).status
      },
      {
        name: 'template',
        summary: 'locally render templates',
        load: async () => (await import('./commands/template.js')).template
      },
      {
        name: 'test',
        summary: 'run tests for a release',
        load: async () => (await import('./commands/test.js')).test
      },
      {
        name: 'uninstall',
        aliases: ['del', 'delete', 'un'],
        summary: 'uninstall a release',
        load: async () => (await import('./commands/uninstall.js')).uninstall
      },
      {
        name: 'unlock',
        summary: 'free a release whose operation will not come to its end',
        load: async () => (await import('./commands/unlock.js')).unlock
      },
      {
        name: 'upgrade',
        summary: 'upgrade a release',
        load: async () => (await import('./commands/upgrade.js')).upgrade
      },
      {
        name: 'verify',
        summary: 'verify that a chart at the given path has been signed and is valid',
        load: async () => (await import('./commands/verify.js')).verify
      },
      {
        name: 'version',
        summary: 'print the version information',
        load: async () => (await import('./commands/version.js')).version
      }
    ]
  },
  globalFlags: context => globalFlags(context.env)
}
