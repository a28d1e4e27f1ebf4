import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { DirectOutput } from '../../../src/cli/output/direct-output.js'

const unused = { stream: () => { throw new Error('no stream is needed') }, closed: () => { throw new Error('it is open') } }

t.test('texts go to the file in their order', async t => {
  const path = join(t.testdir(), 'out')
  const descriptor = openSync(path, 'w')
  const output = new DirectOutput(descriptor, unused)
  for (const text of ['one\n', '', 'zwei ä€😀\n', 'x'.repeat(300_000)]) output.write(text)
  closeSync(descriptor)
  t.equal(readFileSync(path, 'utf8'), `one\nzwei ä€😀\n${'x'.repeat(300_000)}`)
})

t.test('what the other end cannot take now goes through the stream, and so does all that comes after', async t => {
  const folder = t.testdir()
  const fifo = join(folder, 'fifo')
  execFileSync('mkfifo', [fifo])
  // Opened for both, so that neither end waits for the other; nobody reads.
  const descriptor = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK)
  const streamed: Uint8Array[] = []
  const output = new DirectOutput(descriptor, { ...unused, stream: () => ({ write: bytes => streamed.push(bytes) }) })
  const text = '€'.repeat(100_000)
  output.write(text)
  output.write('after')
  const rest = Buffer.concat(streamed).toString('latin1')
  t.ok(rest.endsWith('after'))
  const taken = Buffer.alloc(400_000)
  const count = readSync(descriptor, taken)
  t.equal(Buffer.concat([taken.subarray(0, count), Buffer.from(rest, 'latin1')]).toString(), `${text}after`)
  closeSync(descriptor)
})

t.test('nobody reads on', async t => {
  const path = join(t.testdir(), 'fifo')
  execFileSync('mkfifo', [path])
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  closeSync(reader)
  let closed = 0
  new DirectOutput(writer, { ...unused, closed: () => { closed++ } }).write('text')
  t.equal(closed, 1)
  closeSync(writer)
})

t.test('any other failure stays one', async t => {
  const path = join(t.testdir({ file: '' }), 'file')
  const descriptor = openSync(path, 'r')
  t.throws(() => new DirectOutput(descriptor, unused).write('text'), { code: 'EBADF' })
  closeSync(descriptor)
})
