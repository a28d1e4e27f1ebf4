import { pino } from 'pino'
import t from 'tap'
import { gathered, logText, timeTexts } from '../../../src/cli/output/log-text.js'

const clock = (): Date => new Date('2026-11-20T12:34:56.789Z')

t.test('a line has time, level, message and fields', async t => {
  const lines: string[] = []
  const logger = pino({ level: 'debug', base: null, timestamp: () => `,"time":"${timeTexts(clock)()}"` }, logText({ write: line => { lines.push(String(line)) } }))
  logger.info('Stopped')
  logger.warn({ a: 1, b: 'x"},"msg":"y' }, 'It\'s "odd"\tand \\ more')
  logger.child({ reqID: 'r' }).debug({ path: '/' }, 'Request served')
  logger.error({ reason: 'disk' })
  t.strictSame(lines, [
    '2026-11-20T12:34:56.789Z\tINFO\tStopped\n',
    '2026-11-20T12:34:56.789Z\tWARN\tIt\'s "odd"\tand \\ more\t{"a":1,"b":"x\\"},\\"msg\\":\\"y"}\n',
    '2026-11-20T12:34:56.789Z\tDEBUG\tRequest served\t{"reqID":"r","path":"/"}\n',
    '2026-11-20T12:34:56.789Z\tERROR\t\t{"reason":"disk"}\n'
  ])
  logger.error({ err: new Error('what') }, 'It failed')
  const [, , message, fields = ''] = lines.at(-1)?.split('\t') ?? []
  t.equal(message, 'It failed')
  t.match(JSON.parse(fields), { err: { type: 'Error', message: 'what' } })
})

t.test('lines of a moment are written in one go, but for what must not wait', async t => {
  const written: string[] = []
  let tell = (): void => {}
  const lines = gathered({
    write: text => {
      written.push(text)
      tell()
    }
  })
  lines.write('T\tINFO\ta\n')
  lines.write('T\tINFO\tb WARN\n')
  lines.write(() => 'T\tINFO\tmade late\n')
  t.strictSame(written, [])
  await new Promise<void>(resolve => { tell = resolve })
  t.strictSame(written.splice(0), ['T\tINFO\ta\nT\tINFO\tb WARN\nT\tINFO\tmade late\n'])
  for (const line of ['T\tERROR\tx\n', 'T\tWARN\tx\n', '{"L":"ERROR","M":"x"}\n']) {
    lines.write('T\tINFO\tbefore\n')
    lines.write(line)
    t.strictSame(written.splice(0), [`T\tINFO\tbefore\n${line}`])
  }
  lines.write(() => 'made at once\n', true)
  t.strictSame(written.splice(0), ['made at once\n'])
  for (let i = 0; i < 256; i++) lines.write('x\n')
  t.strictSame(written.splice(0), ['x\n'.repeat(256)], 'much does not wait either')
})

t.test('a time is told anew when it has passed', async t => {
  let time = 0
  const now = timeTexts(() => new Date(time))
  t.strictSame([now(), now()], ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'])
  time = 1
  t.equal(now(), '1970-01-01T00:00:00.001Z')
})
