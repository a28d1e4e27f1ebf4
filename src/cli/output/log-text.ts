import type { Output } from './direct-output.js'

const levels: Readonly<Record<string, string>> = { 10: 'TRACE', 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' }

/** Where lines go. */
export interface LogLines {
  /**
   * @param line with a line feed at its end
   * @param isUrgent whether it must not wait; looked for in the line when left out
   */
  write: (line: string, isUrgent?: boolean) => void
}

/**
 * Tells the time as a text, made once for each millisecond.
 *
 * @param clock tells the time
 */
export function timeTexts (clock: () => Date): () => string {
  let made = NaN
  let text = ''
  return () => {
    const now = clock()
    if (now.getTime() !== made) {
      made = now.getTime()
      text = now.toISOString()
    }
    return text
  }
}

/**
 * Turns pino's JSON lines into lines for people: time, level, message, then the fields as JSON. They must begin with `level` and `time`, a text.
 *
 * @param out where the text goes
 */
export function logText (out: LogLines): LogLines {
  return { write: line => out.write(format(line)) }
}

/** How much is gathered before it is written in any case, in characters. */
const most = 64 * 1024

/** What a line has that must not wait: it may be the last before the process ends. */
const urgent = /^(?:\{"L":"|\S+\t)(?:WARN|ERROR|FATAL)\b/

/**
 * Gathers the lines of one turn of the event loop, and writes them in one go: a system call for each request's line would take as long as much of
 * the request. Warnings and errors are written at once, with all that was said before.
 *
 * @param out where the lines go
 */
export function gathered (out: Output): LogLines {
  let lines = ''
  let waiting = false
  const flush = (): void => {
    const text = lines
    lines = ''
    if (text !== '') out.write(text)
  }
  return {
    write: (line, isUrgent = urgent.test(line)) => {
      lines += line
      if (isUrgent || lines.length > most) {
        flush()
      } else if (!waiting) {
        waiting = true
        setImmediate(() => {
          waiting = false
          flush()
        })
      }
    }
  }
}

/** Pino writes level and time first, and the message last. */
function format (line: string): string {
  const [head = '', level = '', time = ''] = /^\{"level":(\d+),"time":"([^"]*)"/.exec(line) ?? []
  const end = line.lastIndexOf('}')
  const at = line.lastIndexOf(',"msg":"')
  // Within a text the quotes would be escaped.
  const message = at < 0 ? '' : line.slice(at + ',"msg":"'.length, end - 1)
  const fields = line.slice(head.length + 1, at < 0 ? end : at)
  return `${time}\t${levels[level] ?? 'INFO'}\t${message.includes('\\') ? String(JSON.parse(`"${message}"`)) : message}${fields === '' ? '' : `\t{${fields}}`}\n`
}
