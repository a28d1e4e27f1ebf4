import t from 'tap'
import { releaseProgram } from '../../helpers/release-program.js'

t.test('releases and all that is theirs', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  await call(['install', 'db', 'sea'])
  t.strictSame(await call(['uninstall', 'web', 'db']), { code: 0, stderr: '', stdout: 'release "web" uninstalled\nrelease "db" uninstalled\n' })
  t.equal(server.objects.size, 0)
  t.match(await call(['uninstall', 'web']), { code: 1, stderr: 'Error: uninstall: Release not loaded: web: release: not found\n' })
  t.match(await call(['un', 'web', '--ignore-not-found']), { code: 0, stdout: 'release "web" uninstalled\n' })
})

t.test('with history kept, as a rehearsal, with dependents', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  t.match(await call(['uninstall', 'web', '--dry-run']), { code: 0 })
  t.equal(server.objects.size, 3)
  await call(['uninstall', 'web', '--keep-history', '--description', 'bye', '--cascade', 'orphan', '--wait', '--timeout', '1s'])
  t.match((await call(['list', '--uninstalled'])).stdout, /web.*uninstalled/)
  t.match(server.requests.find(({ method }) => method === 'DELETE')?.body, '"Orphan"')
})

t.test('an object that is somebody else\'s', async t => {
  const { call, server } = await releaseProgram(t)
  await call(['install', 'web', 'sea'])
  const map = server.objects.get('/api/v1/namespaces/default/configmaps/web-map')
  if (map !== undefined) map.metadata.annotations = {}
  t.strictSame(await call(['uninstall', 'web']), {
    code: 0,
    stderr: 'level=WARN msg="skipping delete of resource not owned by this release" kind=ConfigMap name=web-map namespace=default release=web\n',
    stdout: '1 resource(s) were not deleted because they are not owned by this release:\n[ConfigMap] web-map\n\nrelease "web" uninstalled\n'
  })
})

t.test('what is refused', async t => {
  const { call } = await releaseProgram(t)
  t.match(await call(['uninstall', 'web', '--cascade', 'all']), { code: 1, stderr: 'Error: invalid cascade value (all). Must be "background", "foreground", or "orphan"\n' })
  t.match(await call(['uninstall']), { code: 1, stderr: /requires at least 1 argument/ })
})
