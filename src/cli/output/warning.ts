import type { Writable } from 'node:stream'
import { quote } from '../../go/strconv.js'

/**
 * Prints warnings as Helm 4 prints them (Go's log/slog as text, without the time): `level=WARN msg="no index yet" repo=stable`.
 *
 * @param out where to
 */
export function warnTo (out: Writable): (message: string, facts?: Readonly<Record<string, string>>) => void {
  return (message, facts = {}) => {
    const pairs = Object.entries({ level: 'WARN', msg: message, ...facts })
    out.write(pairs.map(([name, value]) => `${name}=${quoteIfNeeded(value)}`).join(' ') + '\n')
  }
}

/** slog quotes what is empty, holds a space, a quote, an equals sign or something unprintable. */
function quoteIfNeeded (text: string): string {
  return text === '' || /[\s"=\p{C}]/u.test(text) ? quote(text) : text
}
