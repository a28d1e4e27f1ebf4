import t from 'tap'
import type { Test } from 'tap'
import { releaseProgram, type ReleaseProgram } from '../../helpers/release-program.js'

async function installed (t: Test, phase: 'Succeeded' | 'Failed'): Promise<ReleaseProgram> {
  const program = await releaseProgram(t)
  program.server.control = object => {
    if (object.kind === 'Pod') Object.assign(object, { status: { phase }, spec: { containers: [{ name: 'c' }] } })
  }
  await program.call(['install', 'web', 'sea'])
  return program
}

const head = 'NAME: web\nLAST DEPLOYED: Fri Jan  2 03:04:05 2026\nNAMESPACE: default\nSTATUS: deployed\nREVISION: 1\nDESCRIPTION: Install complete\n'
const suite = 'TEST SUITE:     web-test\nLast Started:   Fri Jan  2 03:04:05 2026\nLast Completed: Fri Jan  2 03:04:05 2026\nPhase:          '

t.test('tests are run, and told of', async t => {
  const { call } = await installed(t, 'Succeeded')
  t.strictSame(await call(['test', 'web']), { code: 0, stderr: '', stdout: `${head}${suite}Succeeded\n` })
  t.strictSame(await call(['test', 'web', '--logs']), { code: 0, stderr: '', stdout: `${head}${suite}Succeeded\n\nPOD LOGS: web-test (c)\nline one\nline two\n\n` })
})

t.test('filters', async t => {
  const { call } = await installed(t, 'Succeeded')
  for (const filter of ['!name=web-test', '! name=web-test', 'name=other']) t.equal((await call(['test', 'web', '--filter', filter])).stdout, head, filter)
  t.match((await call(['test', 'web', '--filter', 'name=other,name=web-test', '--filter', 'colour=blue'])).stdout, suite)
})

t.test('a test that fails', async t => {
  const { call } = await installed(t, 'Failed')
  const { code, stdout, stderr } = await call(['test', 'web', '--logs'])
  t.equal(code, 1)
  t.equal(stdout, `${head}${suite}Failed\n\nPOD LOGS: web-test (c)\nline one\nline two\n\n`)
  t.match(stderr, /^Error: .*Pod\/default\/web-test/)
})

t.test('a test that fails, and logs that cannot be read', async t => {
  const { call, server } = await installed(t, 'Failed')
  server.fault = ({ path }) => path.endsWith('/log') ? { status: 500, message: 'no disk' } : undefined
  t.match((await call(['test', 'web', '--logs'])).stderr, /^Error: .*Pod\/default\/web-test[^]*\nunable to get logs for pod web-test, container c: no disk\n$/)
})

t.test('what is not there', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['test', 'web']), { code: 1, stdout: '', stderr: 'Error: release: not found\n' })
  t.match(await call(['test']), { code: 1, stderr: /"portolan test" requires 1 argument/ })
})
