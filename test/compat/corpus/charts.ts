import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { parseDocument } from 'yaml'
import { Constraints, Version } from '../../../src/go/semver.js'

/** A chart as it lies in a folder of a collection. */
export interface FoundChart {
  readonly name: string
  readonly version: string
  /** Its folder. */
  readonly path: string
  /** The collection's folder. */
  readonly collection: string
  /** The folder's path in the collection: it names the chart in reports. */
  readonly label: string
}

/** What a chart wants to find in its charts/ folder. */
export interface WantedChart {
  readonly name: string
  readonly version: string
}

/**
 * Finds the charts of a collection. What lies inside a chart is part of that chart.
 *
 * @param collection a folder
 * @returns its charts in the order of their paths
 */
export function findCharts (collection: string): FoundChart[] {
  return chartFolders(collection).flatMap(path => {
    const fields = readFields(join(path, 'Chart.yaml'))
    const name = textField(fields, 'name')
    if (name === '') return []
    return [{ name, version: textField(fields, 'version'), path, collection, label: `${basename(collection)}/${relative(collection, path)}` }]
  })
}

function chartFolders (folder: string): string[] {
  if (existsSync(join(folder, 'Chart.yaml'))) return [folder]
  const entries = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== '.git')
  return entries.map(entry => entry.name).sort().flatMap(name => chartFolders(join(folder, name)))
}

/**
 * What a chart's Chart.yaml (or requirements.yaml) says it depends on; nothing where the file cannot be read, since Helm says so then.
 *
 * @param path the chart's folder
 */
export function wantedCharts (path: string): WantedChart[] {
  return ['Chart.yaml', 'requirements.yaml'].flatMap(file => existsSync(join(path, file)) ? listField(readFields(join(path, file)), 'dependencies') : [])
    .map(fields => ({ name: textField(fields, 'name'), version: textField(fields, 'version') }))
    .filter(({ name }) => /^[\w.-]+$/.test(name))
}

/**
 * Picks the chart that satisfies a wish: of the same collection if it can be, and the newest of them.
 *
 * @param wanted name and range of versions
 * @param pool the charts to choose from
 * @param collection the collection to prefer
 * @returns undefined when none satisfies it
 */
export function pickChart (wanted: WantedChart, pool: readonly FoundChart[], collection: string): FoundChart | undefined {
  const fitting = pool.filter(chart => chart.name === wanted.name && satisfies(chart.version, wanted.version))
  const near = fitting.filter(chart => chart.collection === collection)
  return (near.length > 0 ? near : fitting).sort((a, b) => Version.parse(b.version).compare(Version.parse(a.version)))[0]
}

function satisfies (version: string, range: string): boolean {
  try {
    return Constraints.parse(range === '' ? '*' : range).check(Version.parse(version))
  } catch {
    return false
  }
}

function readFields (file: string): unknown {
  const document = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'silent', uniqueKeys: false, strict: false })
  return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: -1 })
}

function field (fields: unknown, name: string): unknown {
  return typeof fields === 'object' && fields !== null ? new Map(Object.entries(fields)).get(name) : undefined
}

function textField (fields: unknown, name: string): string {
  const value = field(fields, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function listField (fields: unknown, name: string): unknown[] {
  const value = field(fields, name)
  return Array.isArray(value) ? value : []
}
