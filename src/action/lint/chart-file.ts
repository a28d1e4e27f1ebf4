import { join } from 'node:path'
import { readStruct } from '../../chart/decode.js'
import type { Draft } from '../../chart/draft.js'
import { ChartError } from '../../chart/errors.js'
import { nullMaintainer } from '../../chart/maintainer.js'
import { metadataFields, parseMetadata, type Maintainer, type Metadata } from '../../chart/metadata.js'
import { messageOf } from '../../errors.js'
import { decode } from '../../go/bytes.js'
import { SemverError, YamlError } from '../../go/errors.js'
import { Constraints, Version } from '../../go/semver.js'
import { quote } from '../../go/strconv.js'
import { typeOf } from '../../go/type-name.js'
import type { Value } from '../../go/value.js'
import { unmarshalYaml, unmarshalYamlStrict } from '../../go/yaml.js'
import { isEmail, isRequestUrl, isUrl } from './addresses.js'
import { bytesAt, complaintOf } from './chart-files.js'
import type { Findings } from './message.js'

const file = 'Chart.yaml'

/**
 * The rules for Chart.yaml, in Helm's order.
 *
 * @param findings the chart's
 * @param folder the chart's
 */
export async function lintChartFile (findings: Findings, folder: string): Promise<void> {
  const text = decode(await bytesAt(join(folder, file)) ?? new Uint8Array())
  const metadata = readMetadata(findings, text)
  if (metadata === undefined) return
  const strictly = complaintOf(() => { readStrictly(text) })
  findings.note('WARNING', file, strictly === undefined ? undefined : `failed to strictly parse chart metadata file\n\t${strictly}`)
  const types = unmarshalYaml(text)
  for (const complaint of [
    complaintAboutName(metadata), complaintAboutApiVersion(metadata), complaintAboutType(types, 'version'), complaintAboutVersion(metadata),
    complaintAboutType(types, 'appVersion'), complaintAboutMaintainers(metadata), complaintAboutSources(metadata)
  ]) findings.note('ERROR', file, complaint)
  findings.note('INFO', file, metadata.icon === undefined ? 'icon is recommended' : undefined)
  for (const complaint of [complaintAboutIcon(metadata), complaintAboutChartType(metadata), complaintAboutDependencies(metadata)]) findings.note('ERROR', file, complaint)
  findings.note('WARNING', file, Version.isStrict(metadata.version) ? undefined : `version '${metadata.version}' is not a valid SemVerV2`)
}

function readMetadata (findings: Findings, text: string): Metadata | undefined {
  let metadata: Metadata | undefined
  const complaint = complaintOf(() => { metadata = parseMetadata(text) })
  findings.note('ERROR', file, complaint === undefined ? undefined : `unable to parse YAML\n\t${complaint}`)
  return metadata
}

/** Keys that stand twice, and keys that no field has, are errors. */
function readStrictly (text: string): void {
  const draft: Draft<Metadata> = { name: '', version: '' }
  const value = parseStrictly(text)
  try {
    readStruct(value, 'v2.Metadata', metadataFields(draft), { strict: true })
  } catch (error) {
    if (!(error instanceof ChartError)) throw error
    throw new ChartError('invalid-chart', `error unmarshaling JSON: while decoding JSON: ${messageOf(error)}`, { cause: error })
  }
}

function parseStrictly (text: string): Value {
  try {
    return unmarshalYamlStrict(text)
  } catch (error) {
    if (error instanceof YamlError) throw new ChartError('invalid-chart', messageOf(error), { cause: error })
    throw error
  }
}

function complaintAboutName ({ name }: Metadata): string | undefined {
  if (name === '') return 'name is required'
  return name.includes('/') ? `chart name ${quote(name)} is invalid` : undefined
}

function complaintAboutApiVersion ({ apiVersion }: Metadata): string | undefined {
  if (apiVersion === undefined) return 'apiVersion is required. The value must be either "v1" or "v2"'
  return apiVersion === 'v1' || apiVersion === 'v2' ? undefined : `apiVersion '${apiVersion}' is not valid. The value must be either "v1" or "v2"`
}

function complaintAboutType (types: Value, key: string): string | undefined {
  const value = types instanceof Map ? types.get(key) : undefined
  return value === undefined || typeof value === 'string' ? undefined : `${key} should be of type string but it's of type ${typeOf(value)}`
}

function complaintAboutVersion ({ version }: Metadata): string | undefined {
  if (version === '') return 'version is required'
  try {
    const parsed = Version.parse(version)
    return Constraints.parse('>0.0.0-0').check(parsed) ? undefined : `version ${quote(parsed.toString())} is less than or equal to "0.0.0-0"`
  } catch (error) {
    if (error instanceof SemverError) return `version '${version}' is not a valid SemVer`
    throw error
  }
}

function complaintAboutMaintainers ({ maintainers = [] }: Metadata): string | undefined {
  for (const maintainer of maintainers) {
    const complaint = complaintAboutMaintainer(maintainer)
    if (complaint !== undefined) return complaint
  }
  return undefined
}

function complaintAboutMaintainer (maintainer: Maintainer): string | undefined {
  if (maintainer === nullMaintainer) return 'a maintainer entry is empty'
  const { name = '', email = '', url = '' } = maintainer
  if (name === '') return 'each maintainer requires a name'
  if (email !== '' && !isEmail(email)) return `invalid email '${email}' for maintainer '${name}'`
  return url !== '' && !isUrl(url) ? `invalid url '${url}' for maintainer '${name}'` : undefined
}

function complaintAboutSources ({ sources = [] }: Metadata): string | undefined {
  const wrong = sources.find(source => !isRequestUrl(source))
  return wrong === undefined ? undefined : `invalid source URL '${wrong}'`
}

function complaintAboutIcon ({ icon }: Metadata): string | undefined {
  return icon === undefined || isRequestUrl(icon) ? undefined : `invalid icon URL '${icon}'`
}

function complaintAboutChartType ({ type, apiVersion = '' }: Metadata): string | undefined {
  return type === undefined || apiVersion === 'v2' ? undefined : `chart type is not valid in apiVersion '${apiVersion}'. It is valid in apiVersion 'v2'`
}

function complaintAboutDependencies ({ dependencies = [], apiVersion = '' }: Metadata): string | undefined {
  if (dependencies.length === 0 || apiVersion === 'v2') return undefined
  return `dependencies are not valid in the Chart file with apiVersion '${apiVersion}'. They are valid in apiVersion 'v2'`
}
