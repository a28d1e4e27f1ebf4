import t from 'tap'
import { releaseProgram, type ReleaseProgram } from '../../helpers/release-program.js'
import type { Test } from 'tap'

async function upgraded (t: Test): Promise<ReleaseProgram> {
  const program = await releaseProgram(t)
  await program.call(['install', 'web', 'sea'])
  await program.call(['upgrade', 'web', 'sea', '--set', 'port=81'])
  return program
}

const success = { code: 0, stdout: 'Rollback was a success! Happy Helming!\n', stderr: '' }

t.test('back, and to a revision', async t => {
  const { call, server } = await upgraded(t)
  const port = (): unknown => server.objects.get('/api/v1/namespaces/default/configmaps/web-map')?.['data']
  t.strictSame(await call(['rollback', 'web']), success)
  t.strictSame(port(), { port: '80' })
  t.strictSame(await call(['rollback', 'web', '2', '--description', 'for the show', '--history-max', '2']), success)
  t.strictSame(port(), { port: '81' })
  t.match((await call(['history', 'web', '-o', 'json'])).stdout, /^\[\{"revision":3,.*"rollback_revision":1,"description":"Rollback to 1"\},\{"revision":4,.*"rollback_revision":2,"description":"for the show"\}\]\n$/)
})

t.test('a dry run', async t => {
  const { call, server } = await upgraded(t)
  server.requests.length = 0
  t.strictSame(await call(['rollback', 'web', '0', '--dry-run=server']), success)
  t.strictSame(server.log().filter(line => !line.startsWith('GET')), [])
})

t.test('what is refused', async t => {
  const { call } = await upgraded(t)
  const complaint = async (...args: string[]): Promise<string> => (await call(['rollback', ...args])).stderr
  t.equal(await complaint('web', 'x'), 'Error: could not convert revision to a number: strconv.Atoi: parsing "x": invalid syntax\n')
  t.equal(await complaint('web', '9'), 'Error: release has no 9 version\n')
  t.equal(await complaint('db'), 'Error: release: not found\n')
  t.equal(await complaint('web', '--server-side=x'), 'Error: invalid/unknown release server-side apply method: x\n')
  t.match(await complaint('web', '--description', 'x'.repeat(257)), 'Error: description must be 256 characters or less, got 257\n')
  t.match(await complaint(), /"portolan rollback" requires at least 1 argument/)
})
