import t from 'tap'
import { startWeb, type Answer } from '../../remote/web.js'
import { call } from './program.js'

t.test('one that fails does not keep the others from coming, but is an error', async t => {
  const site = new Map<string, Answer>([['/a/index.yaml', 'apiVersion: v1\nentries: {}\n'], ['/b/index.yaml', 'apiVersion: v1\nentries: {}\n']])
  const web = await startWeb(t, site)
  const home = t.testdir()
  for (const name of ['a', 'b']) await call(`repo add ${name} ${web.url}/${name}`, home)
  site.delete('/a/index.yaml')
  const { code, stdout, stderr } = await call('repo update', home)
  t.equal(code, 1)
  t.strictSame(stdout.split('...').sort(), [
    'Hang tight while we grab the latest from your chart repositories',
    '\n',
    `Unable to get an update from the "a" chart repository (${web.url}/a):\n\tfailed to fetch ${web.url}/a/index.yaml : 404 Not Found\n`,
    'Successfully got an update from the "b" chart repository\n'
  ].sort())
  t.equal(stderr, `Error: failed to update the following repositories: [${web.url}/a]\n`)
})
