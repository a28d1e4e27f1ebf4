import { dependencyToStruct, type Dependency } from '../../chart/dependency.js'
import { JsonStruct, listField, mapField, textField } from '../../chart/json-struct.js'
import type { Metadata } from '../../chart/metadata.js'
import { compareBytes } from '../../go/bytes.js'
import { quote } from '../../go/strconv.js'
import { GoTime } from '../../go/time.js'
import { int } from '../../go/value.js'
import type { Release } from '../../release/release.js'
import type { Command } from '../command.js'
import { outputFlag, outputFormat, writeOutput } from '../output/write-output.js'
import { revisionFlag } from '../revision-flag.js'
import { recorded } from './get-manifest.js'

/** `portolan get metadata`: what a release is, and which chart it came of. */
export const getMetadata: Command = {
  name: 'metadata',
  usage: 'RELEASE_NAME',
  summary: 'This command fetches metadata for a given release',
  description: "Prints a release's chart, labels, state, and how its objects are sent.",
  arguments: { min: 1, max: 1 },
  flags: [{ ...revisionFlag, usage: 'specify release revision' }, outputFlag],
  run: async (context, [name = ''], flags) => {
    const format = outputFormat(flags.string('output'))
    const release = await recorded(context, flags, name)
    writeOutput(context.stdout, format, { value: () => structOf(release), table: () => text(release) })
  }
}

/** A damaged record may have no chart. */
function chartOf ({ chart }: Release): Metadata {
  return chart?.metadata ?? { name: '', version: '' }
}

function deployedAt ({ info }: Release): string {
  return (info.lastDeployed ?? GoTime.zero).rfc3339()
}

function structOf (release: Release): JsonStruct {
  const chart = chartOf(release)
  return new JsonStruct('action.Metadata', [
    ['name', release.name],
    ['chart', chart.name],
    ['version', chart.version],
    ['appVersion', chart.appVersion ?? ''],
    ['annotations', mapField(chart.annotations)],
    ['labels', mapField(release.labels)],
    ['dependencies', listField(chart.dependencies?.map(dependencyToStruct))],
    ['namespace', release.namespace],
    ['revision', int(release.version)],
    ['status', release.info.status],
    ['deployedAt', deployedAt(release)],
    ['applyMethod', textField(release.applyMethod)]
  ])
}

function text (release: Release): string {
  const chart = chartOf(release)
  const lines = {
    NAME: release.name,
    CHART: chart.name,
    VERSION: chart.version,
    APP_VERSION: chart.appVersion ?? '',
    ANNOTATIONS: pairs(chart.annotations),
    LABELS: pairs(release.labels),
    DEPENDENCIES: names(chart.dependencies),
    NAMESPACE: release.namespace,
    REVISION: String(release.version),
    STATUS: release.info.status,
    DEPLOYED_AT: deployedAt(release),
    APPLY_METHOD: methodText(release.applyMethod)
  }
  return Object.entries(lines).map(([key, value]) => `${key}: ${value}\n`).join('')
}

function pairs (texts: ReadonlyMap<string, string> = new Map()): string {
  return [...texts].map(([key, value]) => `${key}=${value}`).sort(compareBytes).join(',')
}

function names (dependencies: readonly Dependency[] = []): string {
  return dependencies.map(({ name }) => name).sort(compareBytes).join(',')
}

function methodText (method: string): string {
  switch (method) {
    case '': return 'client-side apply (defaulted)'
    case 'csa': return 'client-side apply'
    case 'ssa': return 'server-side apply'
    default: return `unknown (${quote(method)})`
  }
}
