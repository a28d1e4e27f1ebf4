import { YamlError } from '../go/errors.js'
import type { Value } from '../go/value.js'
import { unmarshalYaml } from '../go/yaml.js'
import { ChartError } from './errors.js'
import { withExactNumbers } from './exact-numbers.js'

/**
 * Parses a YAML document and reads it into a record, with sigs.k8s.io/yaml's two kinds of error.
 *
 * @param yaml the text; its first document counts
 * @param read makes the record of the parsed document
 * @throws {ChartError} invalid-chart, worded `error converting YAML to JSON: …` or `error unmarshaling JSON: while decoding JSON: …`
 */
export function readYaml<T> (yaml: string, read: (value: Value) => T): T {
  const value = parse(yaml)
  try {
    return read(value)
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw new ChartError('invalid-chart', `error unmarshaling JSON: while decoding JSON: ${thrown.message}`, { cause: thrown })
  }
}

function parse (yaml: string): Value {
  try {
    return withExactNumbers(unmarshalYaml(yaml), yaml)
  } catch (thrown) {
    if (!(thrown instanceof YamlError)) throw thrown
    throw new ChartError('invalid-chart', thrown.message, { cause: thrown })
  }
}
