import { YamlError } from '../go/errors.js'
import type { Dict } from '../go/value.js'
import { splitYamlDocuments, unmarshalYaml } from '../go/yaml.js'
import { mismatch } from './decode.js'
import { ChartError } from './errors.js'
import { mergeMaps } from './merge-maps.js'

/**
 * Reads values.yaml or a file of user's values, as Helm 4's loader.LoadValues: every document counts, later ones win.
 *
 * @param text YAML, documents separated by `---` lines
 * @returns the merged mapping; empty for an empty text
 * @throws {ChartError} invalid-values: `cannot unmarshal yaml document: …`, `error reading yaml document: …`
 */
export function parseValues (text: string): Dict {
  let values: Dict = new Map()
  for (const document of split(text)) values = mergeMaps(values, parseDocument(document))
  return values
}

function parseDocument (text: string): Dict {
  try {
    const value = unmarshalYaml(text)
    if (value === null) return new Map()
    if (value instanceof Map) return value
    throw mismatch(value, undefined, 'map[string]interface {}', 'error unmarshaling JSON: while decoding JSON: ')
  } catch (thrown) {
    if (!(thrown instanceof YamlError || thrown instanceof ChartError)) throw thrown
    throw new ChartError('invalid-values', `cannot unmarshal yaml document: ${thrown.message}`, { cause: thrown })
  }
}

function split (text: string): string[] {
  try {
    return splitYamlDocuments(text)
  } catch (thrown) {
    if (!(thrown instanceof YamlError)) throw thrown
    throw new ChartError('invalid-values', `error reading yaml document: ${thrown.message}`, { cause: thrown })
  }
}
