import t from 'tap'
import { call } from './program.js'

t.test('a file that cannot be read is not the same as none', async t => {
  const home = t.testdir({ 'broken.yaml': 'repositories: {}' })
  const { code, stdout, stderr } = await call(`repo list --repository-config ${home}/broken.yaml`, home)
  t.strictSame([code, stdout, stderr], [1, '', `Error: couldn't load repositories file (${home}/broken.yaml): repositories is no list\n`])
  t.strictSame(await call('repo list --repository-config none.yaml', home), { code: 0, stdout: '', stderr: 'no repositories to show\n' })
})
