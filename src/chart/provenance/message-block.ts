import { ProvenanceError } from './errors.js'
import { readStringMap, readStruct } from '../decode.js'
import { ChartError } from '../errors.js'
import { readYaml } from '../read-yaml.js'
import { metadataToStruct, type Metadata } from '../metadata.js'
import { decode } from '../../go/bytes.js'
import { marshalYaml } from '../../go/yaml.js'

/** YAML's mark for the end of a document: three hyphens would end a clear-signed text. */
const separator = '\n...\n'

/** An archive, by its name and the SHA-256 of its bytes in hex. */
export interface NamedDigest {
  readonly fileName: string
  readonly digest: string
}

/**
 * The text that is signed for a chart: its Chart.yaml, then the digest of its archive (Helm's provenance format).
 *
 * @param metadata as it stands in the archive
 * @param archive the archive
 */
export function messageBlock (metadata: Metadata, { fileName, digest }: NamedDigest): string {
  const sums = new Map([['files', new Map([[fileName, `sha256:${digest}`]])]])
  return marshalYaml(metadataToStruct(metadata)) + separator + marshalYaml(sums)
}

/**
 * Reads the digests of such a text; its metadata is not looked at, as in Helm.
 *
 * @param text the signed text
 * @returns digests such as `sha256:…` by file name
 * @throws {ProvenanceError} invalid-message, in Helm's words
 */
export function fileDigests (text: Uint8Array): Map<string, string> {
  const part = decode(text).split(separator)[1]
  if (part === undefined) throw new ProvenanceError('invalid-message', 'message block must have at least two parts')
  try {
    return readYaml(part, value => {
      let digests = new Map<string, string>()
      readStruct(value, 'provenance.SumCollection', new Map([
        ['files', (files, place) => { digests = readStringMap(files, place) ?? digests }],
        ['images', (images, place) => { readStringMap(images, place) }]
      ]))
      return digests
    })
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw new ProvenanceError('invalid-message', thrown.message, { cause: thrown })
  }
}
