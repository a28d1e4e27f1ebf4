import { marshalJson } from '../../go/json.js'
import type { Value } from '../../go/value.js'
import { marshalYaml } from '../../go/yaml.js'
import type { Flag } from '../command.js'
import { CliError } from '../errors.js'
import type { Output } from './direct-output.js'

/** The formats that `-o` knows. */
export type OutputFormat = 'table' | 'json' | 'yaml'

/** The `-o, --output` flag of Helm's commands. */
export const outputFlag: Flag = {
  name: 'output', short: 'o', type: 'string', typeName: 'format', default: 'table', usage: 'prints the output in the specified format. Allowed values: table, json, yaml'
}

/**
 * Reads the format flag's text.
 *
 * @throws {CliError} invalid-argument, in Helm's words
 */
export function outputFormat (text: string): OutputFormat {
  if (text === 'table' || text === 'json' || text === 'yaml') return text
  throw new CliError('invalid-argument', `invalid argument "${text}" for "-o, --output" flag: invalid format type`)
}

/**
 * Prints a result in the format asked for: JSON on one line as encoding/json has it, YAML as sigs.k8s.io/yaml has it.
 *
 * @param out where to
 * @param format what was asked for
 * @param result `value` for the machine formats, `table` for people (called only when needed)
 */
export function writeOutput (out: Output, format: OutputFormat, result: { value: () => Value, table: () => string }): void {
  switch (format) {
    case 'json':
      out.write(marshalJson(result.value()) + '\n')
      return
    case 'yaml':
      out.write(marshalYaml(result.value()))
      return
    case 'table':
      out.write(result.table())
  }
}
