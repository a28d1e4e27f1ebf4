import { Constraints, Version } from '../go/semver.js'
import { SemverError } from '../go/errors.js'
import type { Dict } from '../go/value.js'
import type { Chart } from './chart.js'
import { ChartError } from './errors.js'
import type { Dependency } from './dependency.js'
import { importValues } from './import-values.js'
import { tableAt, valueAt } from './look-up-value.js'
import type { Metadata } from './metadata.js'
import { coalesceValues } from './values.js'
import type { Warn } from './warn.js'

/** How many charts a chart and its dependencies may make, an alias counted as a chart. The largest umbrellas have some hundred. */
const maxCharts = 2000

/**
 * Makes a chart ready to render: sub-charts take their aliases, those that tags and conditions switch off are left out, and values are imported
 * from sub-charts (helm.sh/helm/v4 pkg/chart/v2/util ProcessDependencies). Sub-charts that no dependency mentions, by name and version, stay.
 *
 * @param chart the loaded chart; not changed
 * @param values the user's
 * @param warn told what Helm warns about
 * @returns a new chart, its metadata's dependencies those that are enabled, under their aliases
 * @throws {ChartError} invalid-values, where a sub-chart's section is no mapping
 */
export function processDependencies (chart: Chart, values: Dict, warn: Warn = () => {}): Chart {
  return importValues(enableDependencies(chart, { values, path: '', warn, count: { charts: 0 } }), warn)
}

/** Where a chart stands while dependencies are enabled. */
interface Enabling {
  readonly values: Dict
  /** The names of the charts above, for conditions. */
  readonly path: string
  readonly warn: Warn
  /** How many charts there are so far: aliases multiply them. */
  readonly count: { charts: number }
}

function enableDependencies (chart: Chart, enabling: Enabling): Chart {
  const { values, path, warn, count } = enabling
  if (++count.charts > maxCharts) throw new ChartError('too-large', `dependencies and their aliases make more than ${maxCharts} charts`)
  const declared = chart.metadata.dependencies
  if (declared === undefined) return chart
  const renamed = declared.map(dependency => ({ ...dependency, name: dependency.alias ?? dependency.name, enabled: true }))
  const staged = { ...chart, metadata: withDependencies(chart.metadata, renamed), dependencies: chosenCharts(chart.dependencies, declared) }
  const coalesced = coalesceValues(staged, values, warn)
  // Helm goes through all tags first, also of those that a condition decides: it warns of them.
  const byTags = renamed.map(dependency => ({ ...dependency, enabled: tagged(dependency, coalesced, warn) }))
  const switched = byTags.map(dependency => ({ ...dependency, enabled: conditionOf(dependency, coalesced, path, warn) ?? dependency.enabled }))
  const off = new Set(switched.filter(dependency => !dependency.enabled).map(dependency => dependency.name))
  return {
    ...staged,
    metadata: withDependencies(chart.metadata, switched.filter(dependency => !off.has(dependency.name))),
    dependencies: staged.dependencies
      .filter(subchart => !off.has(subchart.metadata.name))
      .map(subchart => enableDependencies(subchart, { ...enabling, values: coalesced, path: `${path}${subchart.metadata.name}.` }))
  }
}

function withDependencies (metadata: Metadata, dependencies: readonly Dependency[]): Metadata {
  const { dependencies: _, ...rest } = metadata
  return dependencies.length === 0 ? rest : { ...rest, dependencies }
}

/** The sub-charts that no dependency mentions, then one for each dependency that has one, renamed to its alias. */
function chosenCharts (charts: readonly Chart[], declared: readonly Dependency[]): Chart[] {
  const unmentioned = charts.filter(chart => !declared.some(dependency => fits(chart, dependency)))
  const mentioned = declared.flatMap(dependency => {
    const chart = charts.find(chart => fits(chart, dependency))
    if (chart === undefined) return []
    return [{ ...chart, metadata: { ...chart.metadata, name: dependency.alias ?? chart.metadata.name } }]
  })
  return [...unmentioned, ...mentioned]
}

function fits (chart: Chart, dependency: Dependency): boolean {
  return chart.metadata.name === dependency.name && isCompatibleRange(dependency.version ?? '', chart.metadata.version)
}

/**
 * Whether a version lies in a range (helm.sh/helm/v4 pkg/chart/v2/util IsCompatibleRange).
 *
 * @returns false also for what is no constraint or no version
 */
export function isCompatibleRange (constraint: string, version: string): boolean {
  try {
    return Constraints.parse(constraint).check(Version.parse(version))
  } catch (thrown) {
    if (thrown instanceof SemverError) return false
    throw thrown
  }
}

/** Off when a tag of it is false and none is true. */
function tagged (dependency: Dependency, values: Dict, warn: Warn): boolean {
  const tags = tableAt(values, 'tags')
  if (!(tags instanceof Map)) return true
  const set = (dependency.tags ?? []).flatMap(tag => {
    const value = tags.get(tag)
    if (value === undefined) return []
    if (typeof value === 'boolean') return [value]
    warn('returned non-bool value', { facts: { tag, chart: dependency.name } })
    return []
  })
  return set.includes(true) || !set.includes(false)
}

/** What the first path of the condition that leads to a boolean says. */
function conditionOf (dependency: Dependency, values: Dict, path: string, warn: Warn): boolean | undefined {
  for (const condition of (dependency.condition ?? '').trim().split(',')) {
    if (condition === '') continue
    const value = valueAt(values, path + condition)
    if (typeof value === 'boolean') return value
    if (value !== undefined) warn('returned non-bool value', { facts: { path: condition, chart: dependency.name } })
  }
  return undefined
}
