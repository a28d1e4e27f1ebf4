import { createHash } from 'node:crypto'
import { lstat, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { dependencyToStruct, type Dependency } from '../chart/dependency.js'
import { JsonStruct } from '../chart/json-struct.js'
import { lockToStruct, type Lock } from '../chart/lock.js'
import { marshalJson } from '../go/json.js'
import { quote } from '../go/strconv.js'
import type { Value } from '../go/value.js'
import { marshalYaml } from '../go/yaml.js'
import { atomicWrite } from '../remote/atomic-write.js'
import { isAbsent, pathError } from '../remote/path-error.js'
import type { ChartFolder } from './context.js'
import { DependencyError } from './errors.js'

/**
 * The digest that a lock carries: of the dependencies asked for, their repositories' names replaced by URLs, and of those found
 * (helm.sh/helm/v4 internal/resolver HashReq).
 *
 * @param requested as Chart.yaml has them
 * @param locked as the lock has them
 * @returns `sha256:` and 64 hex digits
 */
export function lockDigest (requested: readonly Dependency[], locked: readonly Dependency[]): string {
  return digestOfJson([requested.map(dependencyToStruct), locked.map(dependencyToStruct)])
}

/**
 * The digest that Helm 2 gave a requirements.lock: of what was asked for only, names of repositories as they were written.
 *
 * @param requested as requirements.yaml has them
 */
export function helm2LockDigest (requested: readonly Dependency[]): string {
  return digestOfJson(new JsonStruct('map', [['dependencies', requested.map(dependencyToStruct)]]))
}

function digestOfJson (value: Value): string {
  return `sha256:${createHash('sha256').update(marshalJson(value)).digest('hex')}`
}

/** Chart.lock as Helm writes it: YAML, keys sorted. */
export function lockText (lock: Lock): string {
  return marshalYaml(lockToStruct(lock).toDict())
}

/**
 * Writes the lock of a chart, whole or not at all.
 *
 * @param chart its folder
 * @param lock what was found
 * @param v1 whether the chart is of apiVersion v1, whose lock is requirements.lock
 * @throws {DependencyError} write-failed; a lock that is a symbolic link is not written through
 */
export async function writeLock (chart: ChartFolder, lock: Lock, { v1 }: { readonly v1: boolean }): Promise<void> {
  const name = v1 ? 'requirements.lock' : 'Chart.lock'
  const path = join(chart.path, name)
  const link = await linkTarget(path)
  if (link !== undefined) throw new DependencyError('write-failed', `the ${name} file is a symlink to ${quote(link)}`)
  try {
    await atomicWrite(path, lockText(lock), { mode: 0o644 })
  } catch (error) {
    throw new DependencyError('write-failed', pathError('open', join(chart.shown, name), error), { cause: error })
  }
}

async function linkTarget (path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw new DependencyError('write-failed', `error getting info for ${quote(path)}: ${pathError('lstat', path, error)}`, { cause: error })
  }
}
