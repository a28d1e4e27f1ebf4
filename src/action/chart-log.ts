import type { Log } from './log.js'

/** What reading and processing charts warns about, as Helm words it, and how Helm 4.3 logs it: its own log lines, or lines of Go's older log, which are of level INFO. */
const lines: ReadonlyArray<readonly [pattern: RegExp, log: (log: Log, parts: readonly string[]) => void]> = [
  [/^(found symbolic link in path\. Contents of linked file included and used): (.*) resolved to (.*)$/s, (log, [message = '', path = '', resolved = '']) => log('INFO', message, { path, resolved })],
  [/^(returned non-bool value) (tag|path)=(.*) chart=(.*)$/s, (log, [message = '', key = '', value = '', chart = '']) => log('WARN', message, { [key]: value, chart })],
  [/^(ImportValues missing table from chart) chart=(.*?) error="(.*)"$/s, (log, [message = '', chart = '', error = '']) => log('WARN', message, { chart, error: unescaped(error) })],
  [/^(ImportValues missing table) error="(.*)"$/s, (log, [message = '', error = '']) => log('WARN', message, { error: unescaped(error) })],
  [/^.*: (skipping unknown hooks): (.*)$/s, (log, [message = '', hookTypes = '']) => log('INFO', message, { hookTypes })],
  [/^((?:[Ww]arning: |Conflict: cannot merge|key .* is table\. Skipping).*)$/s, (log, [message = '']) => log('INFO', message)]
]

/**
 * Logs what the loading and the processing of charts warns about as Helm does.
 *
 * @param log where to
 * @returns takes a warning of src/chart or src/engine
 */
export function chartLog (log: Log): (message: string) => void {
  return message => {
    for (const [pattern, write] of lines) {
      const parts = pattern.exec(message)?.slice(1)
      if (parts === undefined) continue
      write(log, parts)
      return
    }
    log('WARN', message)
  }
}

/** The text inside a quoted one. */
function unescaped (text: string): string {
  return text.replace(/\\(["\\])/g, '$1')
}
