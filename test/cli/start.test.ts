import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'

const program = join(repositoryRoot(import.meta.dirname), 'dist', 'src', 'cli', 'main.js')

t.test('a reader that goes away ends the program without a word', async t => {
  const child = spawn(process.execPath, [program, 'template', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const ended = once(child, 'exit')
  const said = await text(child.stderr)
  await ended
  t.equal(said, '')
  t.equal(child.exitCode, 141)
})

t.test('a home in which nothing can be kept does no harm', async t => {
  const child = spawn(process.execPath, [program, 'template', '--help'], { stdio: ['ignore', 'ignore', 'pipe'], env: { HOME: `/proc/${process.pid}` }, timeout: 20_000 })
  const ended = once(child, 'exit')
  const said = await text(child.stderr)
  await ended
  t.strictSame({ said, code: child.exitCode }, { said: '', code: 0 })
})
