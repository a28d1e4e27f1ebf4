import t from 'tap'
import { releaseProgram, type ReleaseProgram } from '../../helpers/release-program.js'
import type { Test } from 'tap'

async function withReleases (t: Test): Promise<ReleaseProgram> {
  const program = await releaseProgram(t)
  await program.call(['install', 'web', 'sea', '-l', 'team=a'])
  await program.call(['install', 'db', 'sea', '-n', 'other'])
  program.server.fault = ({ method, path }) => method === 'PATCH' && path.includes('bad') ? { status: 422, message: 'bad' } : undefined
  await program.call(['install', 'bad', 'sea'])
  program.server.requests.length = 0
  return program
}

const time = '2026-01-02 03:04:05 +0000 UTC'

t.test('tables, JSON, YAML and names', async t => {
  const { call } = await withReleases(t)
  t.strictSame(await call(['list']), {
    code: 0,
    stderr: '',
    stdout: [
      'NAME\tNAMESPACE\tREVISION\tUPDATED                      \tSTATUS  \tCHART    \tAPP VERSION\n',
      `bad \tdefault  \t1       \t${time}\tfailed  \tsea-1.2.3\t9          \n`,
      `web \tdefault  \t1       \t${time}\tdeployed\tsea-1.2.3\t9          \n`
    ].join('')
  })
  const element = `{"name":"web","namespace":"default","revision":"1","updated":"${time}","status":"deployed","chart":"sea-1.2.3","app_version":"9"}`
  t.equal((await call(['ls', '--deployed', '-o', 'json'])).stdout, `[${element}]\n`)
  t.equal((await call(['list', '--deployed', '-o', 'yaml'])).stdout, `- app_version: "9"\n  chart: sea-1.2.3\n  name: web\n  namespace: default\n  revision: "1"\n  status: deployed\n  updated: ${time}\n`)
  t.equal((await call(['list', '-q'])).stdout, 'bad\nweb\n')
  t.equal((await call(['list', '--deployed', '--no-headers', '--time-format', 'Jan _2 06 15h'])).stdout, 'web\tdefault\t1\tJan  2 26 03h\tdeployed\tsea-1.2.3\t9\n')
  t.equal((await call(['list', '-q', '-o', 'json'])).stdout, '["bad","web"]\n')
  t.equal((await call(['list', '-q', '-o', 'yaml'])).stdout, '- bad\n- web\n')
})

t.test('what is listed', async t => {
  const { call } = await withReleases(t)
  const names = async (...flags: string[]): Promise<string> => (await call(['list', '-q', ...flags])).stdout.split('\n').join(' ').trim()
  t.equal(await names('-A'), 'bad db web')
  t.equal(await names('-n', 'other'), 'db')
  t.equal(await names('--failed'), 'bad')
  t.equal(await names('--pending', '--uninstalled', '--uninstalling', '--superseded'), '')
  t.equal(await names('-f', '^w'), 'web')
  t.equal(await names('-l', 'team=a'), 'web')
  t.equal(await names('-r'), 'web bad')
  t.equal(await names('-m', '1', '--offset', '1'), 'web')
  t.equal(await names('-d'), 'bad web')
})

t.test('nothing at all', async t => {
  const { call } = await releaseProgram(t)
  t.equal((await call(['list'])).stdout, 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n')
  t.equal((await call(['list', '--no-headers'])).stdout, '\n')
  t.equal((await call(['list', '-o', 'json'])).stdout, '[]\n')
  t.equal((await call(['list', '-q'])).stdout, '')
})

t.test('what is refused', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['list', '-o', 'xml']), { code: 1, stderr: 'Error: invalid argument "xml" for "-o, --output" flag: invalid format type\n' })
  t.match(await call(['list', 'x']), { code: 1, stderr: /"portolan list" accepts no arguments/ })
  t.match(await call(['list'], { env: { HELM_DRIVER: 'etcd' } }), { code: 1, stderr: 'Error: unknown driver "etcd"\n' })
})
