import { quote } from '../../go/strconv.js'
import type { Log } from '../../action/log.js'
import type { Output } from './direct-output.js'

/**
 * A log as Helm 4 prints it (Go's log/slog as text, without the time): `level=WARN msg="this chart is deprecated"`.
 *
 * @param out where to
 * @param debug whether lines of level DEBUG are printed
 */
export function slogTo (out: Output, debug: boolean): Log {
  return (level, message, facts = {}) => {
    if (level === 'DEBUG' && !debug) return
    const pairs = Object.entries({ level, msg: message, ...facts })
    out.write(pairs.map(([name, value]) => `${name}=${quoteIfNeeded(value)}`).join(' ') + '\n')
  }
}

/** slog quotes what is empty, holds a space, a quote, an equals sign or something unprintable. */
function quoteIfNeeded (text: string): string {
  return text === '' || /[\s"=\p{C}]/u.test(text) ? quote(text) : text
}
