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
 */
export class EngineError extends CodedError<
  'parse' | 'execution' | 'failed' | 'manifest' | 'incompatible' | 'not-installable' | 'kube-version'> {}
