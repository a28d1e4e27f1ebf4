import { YamlEmitter } from './yaml-emitter.js'
import type { Value } from './value.js'

/**
 * A value as sigs.k8s.io/yaml writes it (`toYaml` with a line feed at the end): block style, lists at their key's column, keys in natural
 * order, long lines folded at column 80, strings quoted where YAML 1.1 would read something else.
 *
 * @param value any value; structs by their JSON fields, bytes as base64
 * @returns one document, ending with a line feed
 * @throws {YamlError} `unsupported` for NaN, infinities and control characters that YAML forbids, `depth` beyond `maxDepth` levels
 */
export function marshalYaml (value: Value): string {
  return new YamlEmitter().emit(value)
}
