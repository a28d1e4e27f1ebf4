import { coalesceValues } from '../../chart/values.js'
import { marshalYaml } from '../../go/yaml.js'
import type { Value } from '../../go/value.js'
import type { Release } from '../../release/release.js'
import type { Command, CommandGroup } from '../command.js'
import { statusText } from '../output/status-text.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'
import { revisionFlag } from '../revision-flag.js'
import { getManifest, recorded } from './get-manifest.js'
import { getMetadata } from './get-metadata.js'

const getAll: Command = {
  name: 'all',
  usage: 'RELEASE_NAME',
  summary: 'download all information for a named release',
  description: 'Prints all that is recorded of a release: its state, values, hooks, manifest and notes.',
  arguments: { min: 1, max: 1 },
  flags: [revisionFlag, { name: 'template', type: 'string', usage: 'go template for formatting the output, eg: {{.Release.Name}}' }],
  run: async (context, [name = ''], flags) => {
    const release = await recorded(context, flags, name)
    const template = flags.string('template')
    context.stdout.write(template === '' ? statusText(release, { metadata: true, debug: true }) : (await import('../output/release-object.js')).runReleaseTemplate(template, release))
  }
}

const getHooks: Command = {
  name: 'hooks',
  usage: 'RELEASE_NAME',
  summary: 'download all hooks for a named release',
  description: 'Prints the hooks of a release as YAML documents.',
  arguments: { min: 1, max: 1 },
  flags: [revisionFlag],
  run: async (context, [name = ''], flags) => {
    const { hooks } = await recorded(context, flags, name)
    for (const { path, manifest } of hooks) context.stdout.write(`---\n# Source: ${path}\n${manifest}\n`)
  }
}

const getNotes: Command = {
  name: 'notes',
  usage: 'RELEASE_NAME',
  summary: 'download the notes for a named release',
  description: 'Prints the notes that came with a release.',
  arguments: { min: 1, max: 1 },
  flags: [revisionFlag],
  run: async (context, [name = ''], flags) => {
    const { info: { notes } } = await recorded(context, flags, name)
    if (notes !== '') context.stdout.write(`NOTES:\n${notes}\n`)
  }
}

const getValues: Command = {
  name: 'values',
  usage: 'RELEASE_NAME',
  summary: 'download the values file for a named release',
  description: 'Prints the values that a release was given, or all that its templates saw.',
  arguments: { min: 1, max: 1 },
  flags: [revisionFlag, outputFlag, { name: 'all', short: 'a', type: 'bool', usage: 'dump all (computed) values' }],
  run: async (context, [name = ''], flags) => {
    const format = outputFormat(flags.string('output'))
    const release = await recorded(context, flags, name)
    const all = flags.bool('all')
    const value = (): Value => valuesOf(release, all)
    writeOutput(context.stdout, format, { value, table: () => `${all ? 'COMPUTED' : 'USER-SUPPLIED'} VALUES:\n${marshalYaml(value())}` })
  }
}

/** The user's values are nothing at all where the record has none. */
function valuesOf ({ chart, config }: Release, all: boolean): Value {
  return all && chart !== undefined ? coalesceValues(chart, config ?? new Map<string, Value>()) : config ?? null
}

/** `portolan get …`: parts of a release's record. */
export const get: CommandGroup = {
  name: 'get',
  summary: 'download extended information of a named release',
  description: 'Prints parts of the record of a release.',
  commands: [getAll, getHooks, getManifest, getMetadata, getNotes, getValues]
}
