import t from 'tap'
import { defaultCapabilities } from '../../src/engine/capabilities.js'
import { KubeVersion } from '../../src/engine/kube-version.js'

t.test('what a cluster is assumed to have', async t => {
  const capabilities = defaultCapabilities()
  t.equal(capabilities.kubeVersion.version, 'v1.37.0')
  t.ok(capabilities.apiVersions.has('networking.k8s.io/v1'))
  t.notOk(capabilities.apiVersions.has('networking.k8s.io/v1/Ingress'))
})

t.test('changes make new capabilities', async t => {
  const before = defaultCapabilities()
  const after = before.with({ kubeVersion: KubeVersion.parse('1.20.0'), apiVersions: ['example.com/v1/Thing'] })
  t.ok(after.apiVersions.has('example.com/v1/Thing'))
  t.ok(after.apiVersions.has('apps/v1'))
  t.equal(after.kubeVersion.normalized, 'v1.20.0')
  t.notOk(before.apiVersions.has('example.com/v1/Thing'))
  t.equal(before.kubeVersion.normalized, 'v1.37.0')
})
