import { chartPathFlags, develFlag } from './chart-path-flags.js'
import type { Flag } from './command.js'
import { renderLimitsFlag } from './render-limits.js'
import { valuesFlags } from './values-flags.js'
import { timeoutFlag, waitFlag } from './wait-flag.js'

/** `--force-conflicts` of the commands that send objects, or look at what would become of them. */
export const forceConflictsFlag: Flag = { name: 'force-conflicts', type: 'bool', usage: 'if set server-side apply will force changes against conflicts' }

/** How existing objects are updated: flags of install, upgrade and rollback. */
export const forceFlags: readonly Flag[] = [
  { name: 'force', type: 'bool', usage: 'deprecated', deprecated: 'use --force-replace instead' },
  forceConflictsFlag,
  { name: 'force-replace', type: 'bool', usage: 'force resource updates by replacement' }
]

/** `--wait-for-jobs` of the same commands. */
export const waitForJobsFlag: Flag = {
  name: 'wait-for-jobs', type: 'bool', usage: 'if set and --wait enabled, will wait until all Jobs have been completed before marking the release as successful. It will wait for as long as --timeout'
}

/** The flags that install, template and upgrade have in common. */
export const releaseFlags: readonly Flag[] = [
  ...chartPathFlags,
  ...valuesFlags,
  ...forceFlags,
  develFlag,
  timeoutFlag,
  waitFlag,
  waitForJobsFlag,
  { name: 'atomic', type: 'bool', usage: 'deprecated', deprecated: 'use --rollback-on-failure instead' },
  { name: 'create-namespace', type: 'bool', usage: 'create the release namespace if not present' },
  { name: 'dependency-update', type: 'bool', usage: 'update dependencies if they are missing before installing the chart' },
  { name: 'description', type: 'string', usage: 'add a custom description' },
  { name: 'disable-openapi-validation', type: 'bool', usage: 'accepted for scripts: objects are validated by the server, which does not look at this flag' },
  { name: 'enable-dns', type: 'bool', usage: 'enable DNS lookups when rendering templates' },
  { name: 'labels', short: 'l', type: 'stringToString', default: '[]', usage: 'Labels that would be added to release metadata. Should be divided by comma.' },
  { name: 'no-hooks', type: 'bool', usage: 'prevent hooks from running during install' },
  { name: 'post-renderer', type: 'stringArray', typeName: 'postRendererString', usage: 'the name of a postrenderer type plugin to be used for post rendering. If it exists, the plugin will be used' },
  { name: 'post-renderer-args', type: 'stringArray', typeName: 'postRendererArgsSlice', usage: 'an argument to the post-renderer (can specify multiple)' },
  renderLimitsFlag,
  { name: 'rollback-on-failure', type: 'bool', usage: 'if set, the installation is uninstalled upon failure. The --wait flag will be default to "watcher" if --rollback-on-failure is set' },
  { name: 'skip-crds', type: 'bool', usage: 'if set, no CRDs will be installed. By default, CRDs are installed if not already present' },
  { name: 'skip-schema-validation', type: 'bool', usage: 'if set, disables JSON schema validation' },
  { name: 'take-ownership', type: 'bool', usage: 'if set, install will ignore the check for helm annotations and take ownership of the existing resources' }
]

/** The flags that install and template have in common. */
export const installFlags: readonly Flag[] = [
  ...releaseFlags,
  { name: 'generate-name', short: 'g', type: 'bool', usage: 'generate the name (and omit the NAME parameter)' },
  { name: 'name-template', type: 'string', usage: 'specify template used to name the release' },
  { name: 'replace', type: 'bool', usage: 'reuse the given name, only if that name is a deleted release which remains in the history. This is unsafe in production' },
  { name: 'server-side', type: 'bool', default: 'true', usage: 'object updates run in the server instead of the client' }
]

/** What install and upgrade print, and what of it they hide. */
export const shownFlags: readonly Flag[] = [
  { name: 'hide-notes', type: 'bool', usage: 'if set, do not show notes in install output. Does not affect presence in chart metadata' },
  { name: 'hide-secret', type: 'bool', usage: 'hide Kubernetes Secrets when also using the --dry-run flag' },
  { name: 'render-subchart-notes', type: 'bool', usage: 'if set, render subchart notes along with the parent' }
]
