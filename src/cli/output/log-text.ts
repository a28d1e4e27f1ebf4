import type { Output } from './direct-output.js'

const levels: Readonly<Record<string, string>> = { 10: 'TRACE', 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' }

/** Where lines go. */
export interface LogLines {
  /**
   * @param line with a line feed at its end; or what makes it, once it is written
   * @param isUrgent whether it must not wait; looked for in a line when left out
   */
  write: (line: string | (() => string), isUrgent?: boolean) => void
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
  return { write: line => out.write(format(typeof line === 'string' ? line : line())) }
}

/** How many lines are gathered before they are written in any case, and how long, in milliseconds. */
const most = 256
const longest = 10

/** What a line has that must not wait: it may be the last before the process ends. */
const urgent = /^(?:\{"L":"|\S+\t)(?:WARN|ERROR|FATAL)\b/

/**
 * Gathers lines for a moment, and writes them in one go: a system call for each request's line would take as long as much of the request, and one for
 * each turn of the event loop a sixth of it. Warnings and errors are written at once, with all that was said before.
 *
 * @param out where the lines go
 */
export function gathered (out: Output): LogLines {
  let lines: Array<string | (() => string)> = []
  let waiting = false
  const flush = (): void => {
    let text = ''
    for (const line of lines) text += typeof line === 'string' ? line : line()
    lines = []
    if (text !== '') out.write(text)
  }
  return {
    write: (line, isUrgent = typeof line === 'string' && urgent.test(line)) => {
      lines.push(line)
      if (isUrgent || lines.length >= most) {
        flush()
      } else if (!waiting) {
        waiting = true
        setTimeout(() => {
          waiting = false
          flush()
        }, longest)
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
