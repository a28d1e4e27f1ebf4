import { CodedError } from '../errors.js'

/**
 * What is wrong with a chart:
 *
 * - `invalid-archive`: no gzipped tar, or one with names, links or entries that a chart must not have
 * - `too-large`: a limit on bytes, entries, name length or nesting was passed
 * - `invalid-chart`: Chart.yaml, its lock, values.yaml or a sub-chart cannot be read or breaks a rule
 * - `invalid-values`: values given by the user cannot be parsed or do not fit the chart
 * - `unreadable`: the file system refused
 */
export type ChartErrorCode = 'invalid-archive' | 'too-large' | 'invalid-chart' | 'invalid-values' | 'unreadable'

/** Every error that reading, checking, merging or writing a chart raises on purpose; worded as Helm words it. */
export class ChartError extends CodedError<ChartErrorCode> {}
