import t from 'tap'
import { call } from './program.js'

// Single variables are compared with Helm in repo-compat.test.ts.
t.test('prints every setting that Helm prints, sorted', async t => {
  const home = t.testdir()
  const lines = (await call('env', home)).stdout.split('\n')
  t.strictSame(lines.map(line => line.replace(/=.*/, '')), [
    'HELM_BIN', 'HELM_BURST_LIMIT', 'HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_CONTENT_CACHE', 'HELM_DATA_HOME', 'HELM_DEBUG', 'HELM_KUBEAPISERVER',
    'HELM_KUBEASGROUPS', 'HELM_KUBEASUSER', 'HELM_KUBECAFILE', 'HELM_KUBECONTEXT', 'HELM_KUBEINSECURE_SKIP_TLS_VERIFY', 'HELM_KUBETLS_SERVER_NAME',
    'HELM_KUBETOKEN', 'HELM_MAX_HISTORY', 'HELM_NAMESPACE', 'HELM_PLUGINS', 'HELM_QPS', 'HELM_REGISTRY_CONFIG', 'HELM_REPOSITORY_CACHE', 'HELM_REPOSITORY_CONFIG', ''
  ])
  t.ok(lines.includes(`HELM_REPOSITORY_CONFIG="${home}/.config/helm/repositories.yaml"`))
})

t.test('takes the namespace of the kubeconfig\'s context', async t => {
  const home = t.testdir({ config: 'current-context: a\ncontexts:\n- {name: a, context: {namespace: mine}}\n- {name: b, context: {namespace: other}}\n', broken: 'contexts: [' })
  const KUBECONFIG = `${home}/config`
  t.equal((await call('env HELM_NAMESPACE', home, { env: { KUBECONFIG } })).stdout, 'mine\n')
  t.equal((await call('env HELM_NAMESPACE --kube-context b', home, { env: { KUBECONFIG } })).stdout, 'other\n')
  t.equal((await call('env HELM_NAMESPACE -n given', home, { env: { KUBECONFIG } })).stdout, 'given\n')
  t.match(await call('env HELM_NAMESPACE', home, { env: { KUBECONFIG: `${home}/broken` } }), { code: 0, stdout: 'default\n', stderr: /^level=WARN msg="the kubeconfig cannot be read" error=/ })
  t.equal((await call(`env KUBECONFIG --kubeconfig ${KUBECONFIG}`, home)).stdout, `${KUBECONFIG}\n`)
})
