import type { Warn } from '../chart/warn.js'
import type { Log } from './log.js'

/**
 * Logs what the loading and the processing of charts tells of as Helm does.
 *
 * @param log where to
 * @returns takes what src/chart and src/engine tell
 */
export function chartLog (log: Log): Warn {
  return (message, { level = 'WARN', facts } = {}) => log(level, message, facts)
}
