import { pino } from 'pino'
import type { Logger } from 'pino'
import type { ServerSettings } from '../config/definitions.js'
import type { Answer, AnswerLog } from '../server/plugins/request-log.js'
import type { CliContext } from './command.js'
import { gathered, logText, timeTexts } from './output/log-text.js'

/** Where a server logs to. */
export interface ServerLog {
  readonly logger: Logger
  readonly logAnswer: AnswerLog
}

/** What a line for an answered request says. */
const served = 'Request served'

/**
 * Opens the server's log on stderr: text for people, or JSON with the names that ChartMuseum gives its fields. Answers, of which there may be tens of
 * thousands a second, are written without pino: its way of doing it took a third of a request's time.
 */
export function openServerLog ({ debug, logJson }: Pick<ServerSettings, 'debug' | 'logJson'>, { stderr, clock }: Pick<CliContext, 'stderr' | 'clock'>): ServerLog {
  const level = debug ? 'debug' : 'info'
  const lines = gathered(stderr)
  const now = timeTexts(clock)
  if (!logJson) {
    return {
      logger: pino({ level, base: null, timestamp: () => `,"time":"${now()}"` }, logText(lines)),
      logAnswer: (level, answer) => {
        const time = now()
        lines.write(() => `${time}\t${level.toUpperCase()}\t${served}\t{${membersOf(answer)}}\n`, level !== 'info')
      }
    }
  }
  return {
    logger: pino({ level, base: {}, messageKey: 'M', timestamp: () => `,"T":"${now()}"`, formatters: { level: label => ({ L: label.toUpperCase() }) } }, lines),
    logAnswer: (level, answer) => {
      const time = now()
      lines.write(() => `{"L":"${level.toUpperCase()}","T":"${time}",${membersOf(answer)},"M":"${served}"}\n`, level !== 'info')
    }
  }
}

/** An answer's members as JSON. Only paths and subjects hold what would have to be escaped: the others are made by the server, or were checked. */
function membersOf ({ reqID, path, clientIP, method, subject, statusCode, latency }: Answer): string {
  const who = subject === '' ? '' : `"subject":${JSON.stringify(subject)},`
  const took = typeof latency === 'number' ? latency : `"${latency}"`
  return `"reqID":"${reqID}","path":${JSON.stringify(path)},"clientIP":"${clientIP}","method":"${method}",${who}"statusCode":${statusCode},"latency":${took}`
}
