import { CodedError } from '../errors.js'

/**
 * Rendering a chart failed; the message is worded as Helm 4.3 words it.
 *
 * - `parse`: a template cannot be parsed
 * - `execution`: a template failed while it ran; `cause` is the template engine's error, which has the places
 * - `failed`: the chart itself refused (`fail`, `required`)
 * - `manifest`: what was rendered is no YAML, or no Kubernetes object
 * - `incompatible`: the chart is not for this version of Kubernetes
 * - `not-installable`: a library chart
 * - `kube-version`: a text is no Kubernetes version
 * - `post-render`: the post-renderer failed, or what it gave is no YAML
 * - `unwritable`: a file of what was rendered cannot be written
 */
export class EngineError extends CodedError<
  'parse' | 'execution' | 'failed' | 'manifest' | 'incompatible' | 'not-installable' | 'kube-version' | 'post-render' | 'unwritable'> {}

/** What was rendered cannot be read; says where, and what was rendered. */
export class ManifestError extends EngineError {
  /** The template's path. */
  readonly path: string
  /** The document that is at fault, as it was read: lines count from its first. */
  readonly document: string
  /** All that was rendered, by path. */
  readonly files: ReadonlyMap<string, string>

  constructor (message: string, { path, document, files }: Pick<ManifestError, 'path' | 'document' | 'files'>, options?: ErrorOptions) {
    super('manifest', message, options)
    this.path = path
    this.document = document
    this.files = files
  }
}
