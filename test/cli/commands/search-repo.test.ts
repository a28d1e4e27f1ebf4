import { writeFileSync } from 'node:fs'
import t from 'tap'
import { startWeb } from '../../remote/web.js'
import { call } from './program.js'

// All that Helm does too is compared with it in repo-compat.test.ts.
t.test('a missing index is told of on stderr, worded as Helm words it', async t => {
  const web = await startWeb(t, new Map([['/index.yaml', 'apiVersion: v1\nentries: {}\n']]))
  const home = t.testdir()
  await call(`repo add stable ${web.url}`, home)
  const index = `${home}/.cache/helm/repository/stable-index.yaml`
  writeFileSync(index, '')
  t.strictSame(await call('search repo', home), {
    code: 0, stdout: 'No results found\n', stderr: `level=WARN msg="repo is corrupt or missing" repo=stable error="error loading ${index}: empty index.yaml file"\n`
  })
  t.match(await call(`search repo --repository-cache ${home}/none`, home), { code: 0, stderr: `level=WARN msg="repo is corrupt or missing" repo=stable error="open ${home}/none/stable-index.yaml: no such file or directory"\n` })
})
