import { Writable } from 'node:stream'
import type { Output } from './direct-output.js'

const levels: Readonly<Record<number, string>> = { 10: 'TRACE', 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' }

/**
 * Turns pino's JSON lines into lines for people: time, level, message, then the fields as JSON.
 *
 * @param out where the text goes
 */
export function logText (out: Output): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      out.write(chunk.toString('utf8').split('\n').filter(line => line !== '').map(format).join(''))
      done()
    }
  })
}

function format (line: string): string {
  const { level, time, msg, pid: _pid, hostname: _hostname, ...fields } = JSON.parse(line) as Record<string, unknown>
  const shown = Object.keys(fields).length === 0 ? '' : `\t${JSON.stringify(fields)}`
  return `${new Date(Number(time)).toISOString()}\t${levels[Number(level)] ?? 'INFO'}\t${typeof msg === 'string' ? msg : ''}${shown}\n`
}
