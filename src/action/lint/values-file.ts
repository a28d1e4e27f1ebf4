import { join } from 'node:path'
import { mismatch } from '../../chart/decode.js'
import type { complaintAboutValues } from '../../chart/schema/check-values.js'
import { coalesceTables } from '../../chart/values.js'
import { messageOf } from '../../errors.js'
import { decode } from '../../go/bytes.js'
import { YamlError } from '../../go/errors.js'
import type { Dict, Value } from '../../go/value.js'
import { unmarshalYaml } from '../../go/yaml.js'
import { bytesAt } from './chart-files.js'
import type { Findings } from './message.js'

const file = 'values.yaml'

/** What a chart's own values are checked with. */
export interface ValuesRules {
  /** The user's values. */
  readonly values: Dict
  readonly skipSchemaValidation: boolean
}

/**
 * The rules for values.yaml: that it is there, can be read, and fits the schema together with the user's values. Sub-charts are left out.
 *
 * @param findings the chart's
 * @param folder the chart's
 */
export async function lintValuesFile (findings: Findings, folder: string, rules: ValuesRules): Promise<void> {
  const bytes = await bytesAt(join(folder, file))
  if (!findings.note('INFO', file, bytes === undefined ? 'file does not exist' : undefined)) return
  const read = readValues(decode(bytes ?? new Uint8Array()))
  if (!findings.note('ERROR', file, read.complaint)) return
  const schema = await bytesAt(join(folder, 'values.schema.json'))
  if (schema === undefined || schema.length === 0 || rules.skipSchemaValidation) return
  const check = await loadCheck()
  findings.note('ERROR', file, check(coalesceTables(coalesceTables(new Map(), rules.values), read.values), schema))
}

/** Loaded only where there is a schema. */
async function loadCheck (): Promise<typeof complaintAboutValues> {
  return (await import('../../chart/schema/check-values.js')).complaintAboutValues
}

function readValues (text: string): { values: Dict, complaint?: string } {
  let value: Value
  try {
    value = unmarshalYaml(text)
  } catch (error) {
    if (error instanceof YamlError) return { values: new Map(), complaint: `unable to parse YAML: ${messageOf(error)}` }
    throw error
  }
  if (value === null) return { values: new Map() }
  if (value instanceof Map) return { values: value }
  return { values: new Map(), complaint: messageOf(mismatch(value, undefined, 'common.Values', 'unable to parse YAML: error unmarshaling JSON: while decoding JSON: ')) }
}
