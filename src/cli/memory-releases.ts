import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { marshalJson } from '../go/json.js'
import { unmarshalYaml } from '../go/yaml.js'
import { readRecord } from '../release/record-reader.js'
import type { Release } from '../release/release.js'
import { CliError } from './errors.js'

/**
 * Releases from YAML files, each a list of records (HELM_MEMORY_DRIVER_DATA).
 *
 * @param files paths, separated by `:`
 * @param cwd what relative paths start from
 * @throws {CliError} invalid-argument, for a file that is no list
 * @throws {ReleaseError} invalid-record
 */
export async function releasesFrom (files: string, cwd: string): Promise<Release[]> {
  const releases: Release[] = []
  for (const file of files.split(':')) {
    const list = unmarshalYaml(await readFile(resolve(cwd, file), 'utf8'))
    if (!Array.isArray(list)) throw new CliError('invalid-argument', `${file}: a list of releases was expected`)
    releases.push(...list.map(record => readRecord(marshalJson(record))))
  }
  return releases
}
