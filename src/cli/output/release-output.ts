import { unmarshalJson } from '../../go/json.js'
import { marshalYaml } from '../../go/yaml.js'
import type { LiveObjects } from '../../kube/client.js'
import { recordJson } from '../../release/record-json.js'
import type { Release } from '../../release/release.js'
import type { OutputFormat } from './write-output.js'
import type { Output } from './direct-output.js'

/** A release to print, and how it is printed for people. */
export interface ReleaseOutput {
  readonly release: Release
  readonly resources?: LiveObjects
  readonly text: () => string
}

/**
 * Prints a release in the format asked for: Helm's record of it as JSON or YAML, or the text for people.
 *
 * @param out where to
 * @param format what was asked for
 * @param output the release
 */
export function writeRelease (out: Output, format: OutputFormat, { release, resources, text }: ReleaseOutput): void {
  switch (format) {
    case 'json':
      out.write(`${recordJson(release, resources)}\n`)
      return
    case 'yaml':
      out.write(marshalYaml(unmarshalJson(recordJson(release, resources))))
      return
    case 'table':
      out.write(text())
  }
}
