import t from 'tap'
import { openServerLog } from '../../src/cli/server-log.js'

const clock = (): Date => new Date('2026-11-20T12:34:56.789Z')
const answer = { reqID: 'r', path: '/x"y', clientIP: '127.0.0.1', method: 'GET', statusCode: 200, latency: '1.5ms' }
const nobody = { ...answer, subject: '' }

t.test('lines for people', async t => {
  const written: string[] = []
  const { logger, logAnswer } = openServerLog({ debug: false, logJson: false }, { stderr: { write: text => written.push(text) }, clock })
  logAnswer('info', nobody)
  logger.warn({ a: 1 }, 'Look')
  logger.debug('unsaid')
  logAnswer('error', { ...answer, subject: 'c"i', statusCode: 500 })
  t.strictSame(written, [
    '2026-11-20T12:34:56.789Z\tINFO\tRequest served\t{"reqID":"r","path":"/x\\"y","clientIP":"127.0.0.1","method":"GET","statusCode":200,"latency":"1.5ms"}\n' +
    '2026-11-20T12:34:56.789Z\tWARN\tLook\t{"a":1}\n',
    '2026-11-20T12:34:56.789Z\tERROR\tRequest served\t{"reqID":"r","path":"/x\\"y","clientIP":"127.0.0.1","method":"GET","subject":"c\\"i","statusCode":500,"latency":"1.5ms"}\n'
  ])
})

t.test('JSON, with ChartMuseum\'s names, an answer as everything else', async t => {
  const written: string[] = []
  const { logger, logAnswer } = openServerLog({ debug: true, logJson: true }, { stderr: { write: text => written.push(text) }, clock })
  logAnswer('warn', { ...nobody, statusCode: 404, latency: 15 })
  logger.warn(answer, 'Request served')
  t.strictSame(written.map(line => JSON.parse(line) as unknown), [
    { L: 'WARN', T: '2026-11-20T12:34:56.789Z', ...answer, statusCode: 404, latency: 15, M: 'Request served' },
    { L: 'WARN', T: '2026-11-20T12:34:56.789Z', ...answer, M: 'Request served' }
  ])
})
