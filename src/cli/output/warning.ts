import { slogTo } from './slog.js'
import type { Output } from './direct-output.js'

/**
 * Prints warnings as Helm 4 prints them: `level=WARN msg="no index yet" repo=stable`.
 *
 * @param out where to
 */
export function warnTo (out: Output): (message: string, facts?: Readonly<Record<string, string>>) => void {
  const log = slogTo(out, false)
  return (message, facts) => log('WARN', message, facts)
}
