import { CodedError } from '../errors.js'

/**
 * What can be wrong with a chart's dependencies:
 *
 * - `invalid-name`: a dependency whose name is a path
 * - `invalid-version`: a version or constraint that cannot be read, or that the chart found does not satisfy
 * - `not-found`: the folder of a `file://` dependency, or the chart's own, is not there
 * - `not-unpacked`: only the folder of a chart can be updated
 * - `no-repository`: a repository that nobody knows
 * - `not-cached`: the index of a repository was never fetched
 * - `chart-not-found`: no such chart in the repository
 * - `no-version`: no version of it satisfies the constraint
 * - `out-of-date`: the lock does not belong to what Chart.yaml asks for
 * - `cycle`: charts that depend on each other by `file://`
 * - `not-supported`: Portolan cannot do it yet
 * - `download-failed`: an archive did not come, or is no chart
 * - `write-failed`: charts/ or the lock cannot be written
 */
export type DependencyErrorCode =
  | 'invalid-name' | 'invalid-version' | 'not-found' | 'not-unpacked' | 'no-repository' | 'not-cached' | 'chart-not-found' | 'no-version'
  | 'out-of-date' | 'cycle' | 'not-supported' | 'download-failed' | 'write-failed'

/** A failure to resolve or fetch what a chart depends on, worded as Helm words it where Helm has words for it. */
export class DependencyError extends CodedError<DependencyErrorCode> {}
