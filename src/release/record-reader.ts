import type { Chart, ChartFile } from '../chart/chart.js'
import { readStruct } from '../chart/decode.js'
import { withoutEmpty, type Draft } from '../chart/draft.js'
import { parseLock, type Lock } from '../chart/lock.js'
import { metadataFields, type Metadata } from '../chart/metadata.js'
import { messageOf } from '../errors.js'
import { marshalJson, unmarshalJson } from '../go/json.js'
import { GoTime } from '../go/time.js'
import type { Dict, Value } from '../go/value.js'
import { ReleaseError } from './errors.js'
import type { HeadTexts } from './head-scan.js'
import { keepModificationText } from './modification-text.js'
import type { ReleaseHead } from './record-index.js'
import type { Hook, HookExecution, Info, Release } from './release.js'

/**
 * Reads the JSON of a record, of Helm 3 or 4: an empty text is a zero time, as Helm 3 writes them; unknown fields are passed over.
 *
 * @param json the record
 * @returns the release, with no labels yet
 * @throws {ReleaseError} invalid-record, when it is no JSON, or a field is of the wrong kind
 */
export function readRecord (json: string): Release {
  try {
    return readRelease(dict(unmarshalJson(json)) ?? new Map<string, Value>())
  } catch (error) {
    throw new ReleaseError('invalid-record', messageOf(error), { cause: error })
  }
}

/**
 * Reads what lists show of a record.
 *
 * @param texts JSON each
 * @throws {ReleaseError} invalid-record
 */
export function readHead ({ name, info, metadata }: HeadTexts): Pick<ReleaseHead, 'name' | 'info' | 'chart'> {
  try {
    const parts = new Map([['name', unmarshalJson(name)]])
    return { name: text(parts, 'name'), info: readInfo(dict(unmarshalJson(info)) ?? new Map<string, Value>()), chart: { metadata: readMetadata(unmarshalJson(metadata)) } }
  } catch (error) {
    throw new ReleaseError('invalid-record', messageOf(error), { cause: error })
  }
}

function readRelease (record: Dict): Release {
  const chart = dict(record.get('chart'))
  const config = dict(record.get('config'))
  return {
    name: text(record, 'name'),
    info: readInfo(dict(record.get('info')) ?? new Map<string, Value>()),
    ...chart === undefined ? {} : { chart: readChart(chart) },
    ...config === undefined ? {} : { config },
    manifest: text(record, 'manifest'),
    hooks: list(record, 'hooks').map(hook => readHook(dict(hook) ?? new Map<string, Value>())),
    version: number(record, 'version'),
    namespace: text(record, 'namespace'),
    applyMethod: text(record, 'apply_method'),
    labels: new Map()
  }
}

function readInfo (info: Dict): Info {
  return {
    ...time('firstDeployed', info.get('first_deployed')),
    ...time('lastDeployed', info.get('last_deployed')),
    ...time('deleted', info.get('deleted')),
    description: text(info, 'description'),
    status: text(info, 'status'),
    rollbackRevision: number(info, 'rollback_revision'),
    notes: text(info, 'notes')
  }
}

function readHook (hook: Dict): Hook {
  return {
    name: text(hook, 'name'),
    kind: text(hook, 'kind'),
    path: text(hook, 'path'),
    manifest: text(hook, 'manifest'),
    events: texts(hook, 'events'),
    lastRun: readExecution(dict(hook.get('last_run')) ?? new Map<string, Value>()),
    weight: number(hook, 'weight'),
    deletePolicies: texts(hook, 'delete_policies'),
    outputLogPolicies: texts(hook, 'output_log_policies')
  }
}

function readExecution (run: Dict): HookExecution {
  return { ...time('startedAt', run.get('started_at')), ...time('completedAt', run.get('completed_at')), phase: text(run, 'phase') }
}

function readChart (chart: Dict): Chart {
  const lock = readLock(chart.get('lock') ?? null)
  const schema = bytes(chart, 'schema')
  return dated({
    metadata: readMetadata(chart.get('metadata') ?? null),
    ...lock === undefined ? {} : { lock },
    values: dict(chart.get('values')) ?? new Map<string, Value>(),
    ...schema === undefined ? {} : { schema },
    templates: list(chart, 'templates').map(readFile),
    files: list(chart, 'files').map(readFile),
    raw: schemaFile(chart, schema),
    dependencies: []
  }, text(chart, 'modtime'))
}

/** The record keeps the schema's time beside it, a chart keeps it in the list of its files. */
function schemaFile (chart: Dict, schema: Uint8Array | undefined): ChartFile[] {
  const moment = text(chart, 'schemamodtime')
  return schema === undefined || moment === '' ? [] : [dated({ name: 'values.schema.json', data: schema }, moment)]
}

function readFile (value: Value): ChartFile {
  const file = dict(value) ?? new Map<string, Value>()
  return dated({ name: text(file, 'name'), data: bytes(file, 'data') ?? new Uint8Array() }, text(file, 'modtime'))
}

/** The file or chart with the time of its last change, which is also kept to the letter. */
function dated<T extends object> (file: T, moment: string): T & { readonly modified?: Date } {
  if (moment === '') return file
  const modified = new Date(moment)
  if (Number.isNaN(modified.getTime())) return file
  const result = { ...file, modified }
  keepModificationText(result, moment)
  return result
}

function readMetadata (value: Value): Metadata {
  const draft: Draft<Metadata> = { name: '', version: '' }
  readStruct(value, 'v2.Metadata', metadataFields(draft))
  return withoutEmpty(draft, ['name', 'version'])
}

function readLock (value: Value): Lock | undefined {
  return value === null ? undefined : parseLock(marshalJson(value))
}

function dict (value: Value | undefined): Dict | undefined {
  if (value === undefined || value === null) return undefined
  if (value instanceof Map) return value
  throw new ReleaseError('invalid-record', 'a mapping was expected in the record')
}

function list (record: Dict, field: string): Value[] {
  const value = record.get(field) ?? []
  if (Array.isArray(value)) return value
  throw new ReleaseError('invalid-record', `${field}: a list was expected in the record`)
}

function text (record: Dict, field: string): string {
  const value = record.get(field) ?? ''
  if (typeof value === 'string') return value
  throw new ReleaseError('invalid-record', `${field}: a string was expected in the record`)
}

function texts (record: Dict, field: string): string[] {
  return list(record, field).map(value => {
    if (typeof value === 'string') return value
    throw new ReleaseError('invalid-record', `${field}: strings were expected in the record`)
  })
}

function number (record: Dict, field: string): number {
  const value = record.get(field) ?? 0
  if (typeof value === 'number') return value
  throw new ReleaseError('invalid-record', `${field}: a number was expected in the record`)
}

function bytes (record: Dict, field: string): Uint8Array | undefined {
  return record.get(field) == null ? undefined : Buffer.from(text(record, field), 'base64')
}

/** A time under its name in the release, unless it is the zero time or an empty text. */
function time<Name extends string> (name: Name, value: Value | undefined): Partial<Record<Name, GoTime>> {
  const found: Partial<Record<Name, GoTime>> = {}
  if (value === undefined || value === null || value === '') return found
  if (typeof value !== 'string') throw new ReleaseError('invalid-record', `${name}: a time was expected in the record`)
  const moment = GoTime.parseRfc3339(value)
  if (!moment.isZero) found[name] = moment
  return found
}
