import { posix } from 'node:path'
import { crc32, deflateRaw } from 'node:zlib'
import { decode, encode } from '../go/bytes.js'
import { JsonError } from '../go/errors.js'
import { unmarshalJson } from '../go/json.js'
import { quote } from '../go/strconv.js'
import { GoTime } from '../go/time.js'
import { marshalYaml } from '../go/yaml.js'
import type { Chart, ChartFile } from './chart.js'
import { ChartError } from './errors.js'
import { lockToStruct, type Lock } from './lock.js'
import { metadataToStruct, sanitizeMetadata, validateMetadata, type Metadata } from './metadata.js'
import { writeTar, type TarFile } from './tar-writer.js'

/** When the files of an archive were changed. */
export interface WriteOptions {
  /** The date of files that have none. */
  readonly now: Date
  /** The date of all files and of the lock, for archives that come out the same every time (SOURCE_DATE_EPOCH). */
  readonly stamp?: Date
}

/** Helm's mark in the extra field of a gzip header (RFC 1952 2.3.1.1: two letters, a length, the data) and its comment. */
const gzipExtra = 'rr\x28\x00aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo='
const gzipComment = 'Helm\0'

/**
 * Writes a chart's archive as `helm package` does (helm.sh/helm/v4 pkg/chart/v2/util Save): Chart.yaml, Chart.lock, values.yaml, values.schema.json,
 * templates, files, and sub-charts unpacked under charts/. The tar inside is Helm's to the byte; zlib compresses differently.
 *
 * @param chart a loaded chart
 * @param options dates
 * @returns the `.tgz`
 * @throws {ChartError} invalid-chart: metadata that breaks a rule (`chart validation: …`), a schema that is no JSON
 */
export async function writeArchive (chart: Chart, options: WriteOptions): Promise<Uint8Array> {
  try {
    validateMetadata(sanitizeMetadata(chart.metadata))
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw new ChartError(thrown.code, `chart validation: ${thrown.message}`, { cause: thrown })
  }
  return gzip(writeTar(chartFiles(chart, '', options)))
}

function chartFiles (chart: Chart, prefix: string, options: WriteOptions): TarFile[] {
  const { name } = chart.metadata
  if (name !== posix.basename(name)) throw new ChartError('invalid-chart', `${quote(name)} is not a valid chart name`)
  const base = posix.join(prefix, name)
  const file = ({ name, data, modified }: ChartFile): TarFile => ({ name: posix.join(base, name), data, modified: seconds(options.stamp ?? modified ?? options.now) })
  const described = ownFiles(chart, options).map(file)
  const subcharts = chart.dependencies.flatMap(subchart => chartFiles(subchart, `${base}/charts`, options))
  return [...described, ...chart.templates.map(file), ...chart.files.map(file), ...subcharts]
}

/** The files that Helm writes from what it knows: Chart.yaml, the lock, the values, the schema. */
function ownFiles (chart: Chart, options: WriteOptions): ChartFile[] {
  const files: ChartFile[] = [{ name: 'Chart.yaml', data: encode(marshalYaml(metadataToStruct(withoutV1Dependencies(chart.metadata)))), ...dated(chart.modified) }]
  if (chart.metadata.apiVersion === 'v2' && chart.lock !== undefined) files.push(lockFile(chart.lock, options))
  files.push(...chart.raw.filter(file => file.name === 'values.yaml'))
  if (chart.schema !== undefined) {
    checkJson(chart.schema)
    files.push({ name: 'values.schema.json', data: chart.schema, ...dated(chart.raw.findLast(file => file.name === 'values.schema.json')?.modified) })
  }
  return files
}

/** Charts of apiVersion v1 declare their dependencies in requirements.yaml, which is among their files. */
function withoutV1Dependencies (metadata: Metadata): Metadata {
  const { dependencies: _, ...rest } = metadata
  return metadata.apiVersion === 'v1' ? rest : metadata
}

function lockFile (lock: Lock, options: WriteOptions): ChartFile {
  const generated = options.stamp === undefined ? GoTime.parseRfc3339(lock.generated) : GoTime.fromDate(seconds(options.stamp) * 1000)
  const data = encode(marshalYaml(lockToStruct({ ...lock, generated: generated.rfc3339Nano() })))
  return { name: 'Chart.lock', data, ...(generated.isZero ? {} : { modified: new Date(Number(generated.unixSeconds) * 1000) }) }
}

function dated (modified: Date | undefined): { modified?: Date } {
  return modified === undefined ? {} : { modified }
}

function checkJson (schema: Uint8Array): void {
  try {
    unmarshalJson(decode(schema))
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown
    throw new ChartError('invalid-chart', 'invalid JSON in values.schema.json', { cause: thrown })
  }
}

/** Go rounds half seconds up; dates before 1970 do not fit. */
function seconds (date: Date): number {
  return Math.max(0, Math.round(date.getTime() / 1000))
}

async function gzip (data: Uint8Array): Promise<Uint8Array> {
  const extra = Buffer.from(gzipExtra, 'latin1')
  const head = Buffer.from([0x1f, 0x8b, 8, 0x04 | 0x10, 0, 0, 0, 0, 0, 255, extra.length & 0xff, extra.length >> 8])
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(data), 0)
  tail.writeUInt32LE(data.length % 2 ** 32, 4)
  return Buffer.concat([head, extra, Buffer.from(gzipComment), await deflate(data), tail])
}

async function deflate (data: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    deflateRaw(data, (error, compressed) => {
      if (error === null) resolve(compressed)
      else reject(error)
    })
  })
}
