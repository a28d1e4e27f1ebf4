import t from 'tap'
import { textAt } from '../../src/kube/objects.js'
import { fakeCluster } from '../helpers/cluster-client.js'

t.test('documents become resources; namespaces are filled in or taken away', async t => {
  const { client } = await fakeCluster(t, 'team-a')
  const resources = await client.build(`
# Source: x
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
---
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: other}
---
apiVersion: v1
kind: Namespace
metadata: {name: three, namespace: wrong}
`)
  t.strictSame(resources.map(({ namespace, name, mapping }) => [namespace, name, mapping.plural]), [
    ['team-a', 'one', 'configmaps'], ['other', 'two', 'deployments'], ['', 'three', 'namespaces']
  ])
  t.strictSame(resources.map(({ object }) => textAt(object, ['metadata', 'namespace'])), ['team-a', 'other', ''])
})

t.test('lists are taken apart, lists in lists too', async t => {
  const { client } = await fakeCluster(t)
  const resources = await client.build(`
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMapList
  items:
  - metadata: {name: a}
- {apiVersion: v1, kind: Secret, metadata: {name: b}}
`)
  t.strictSame(resources.map(({ mapping, name }) => `${mapping.kind} ${name}`), ['ConfigMap a', 'Secret b'])
})

t.test('what Helm 4.3.1 said of the same manifests', async t => {
  const { client } = await fakeCluster(t)
  const refused = async (manifest: string, message: string): Promise<void> => {
    await t.rejects(client.build(manifest), { code: 'manifest', message })
  }
  const object = (metadata: string): string => `{apiVersion: v1, kind: ConfigMap, metadata: ${metadata}}`
  const prefix = 'unable to decode "": json: cannot unmarshal'
  await refused('kind: ConfigMap', 'error validating "": error validating data: apiVersion not set')
  await refused('apiVersion: v1', 'error validating "": error validating data: kind not set')
  await refused('a: b', 'error validating "": error validating data: [apiVersion not set, kind not set]')
  await refused('apiVersion: v1\nkind: 5', 'error validating "": error validating data: kind isn\'t string type')
  await refused(object('{name: 5}'), `${prefix} number into Go struct field ObjectMeta.metadata.name of type string`)
  await refused(object('{name: y}'), `${prefix} bool into Go struct field ObjectMeta.metadata.name of type string`)
  await refused(object('{name: a, labels: {x: 1}}'), `${prefix} number into Go struct field ObjectMeta.metadata.labels of type string`)
  await refused(object('{name: a, annotations: {x: 1.5}}'), `${prefix} number into Go struct field ObjectMeta.metadata.annotations of type string`)
  await refused(object('{name: a, labels: [x]}'), `${prefix} array into Go struct field ObjectMeta.metadata.labels of type map[string]string`)
})

t.test('kinds that the cluster does not have, and all complaints at once', async t => {
  const { client } = await fakeCluster(t)
  const foo = 'apiVersion: foo.example.com/v1\nkind: Foo\nmetadata: {name: x, namespace: team}\n'
  const complaint = 'resource mapping not found for name: "x" namespace: "team" from "": no matches for kind "Foo" in version "foo.example.com/v1"\nensure CRDs are installed first'
  await t.rejects(client.build(foo), { code: 'no-match', message: complaint })
  await t.rejects(client.build(`${foo}---\nkind: ConfigMap\n`), { message: `[${complaint}, error validating "": error validating data: apiVersion not set]` })
})

t.test('a broken cluster is not taken for a broken manifest', async t => {
  const { client, server } = await fakeCluster(t)
  server.fault = () => ({ status: 403, message: 'no discovery for you' })
  await t.rejects(client.build('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}'), { code: 'forbidden', message: 'no discovery for you' })
})

t.test('of a record: versions that are gone are found in others, kinds that are gone left out, each is told of', async t => {
  const { client, server, warnings } = await fakeCluster(t)
  server.kinds.push({ group: 'policy', version: 'v1', kind: 'PodDisruptionBudget', plural: 'poddisruptionbudgets', namespaced: true })
  const manifest = `
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: a}
---
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: {name: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
`
  const resources = await client.buildRecorded(manifest)
  t.strictSame(resources.map(({ mapping, namespace, name, object }) => [mapping.version, namespace, name, textAt(object, ['apiVersion'])]), [
    ['v1', 'default', 'a', 'policy/v1beta1'], ['v1', 'default', 'c', 'v1']
  ])
  t.strictSame(warnings, [
    'the cluster no longer serves the version of a recorded object, using another one kind=PodDisruptionBudget namespace=default name=a version=policy/v1beta1 served=policy/v1',
    'the cluster no longer serves the kind of a recorded object, so there can be no such object kind=PodSecurityPolicy namespace=default name=b version=policy/v1beta1'
  ])
  await t.rejects(client.build(manifest), { code: 'no-match', message: /"PodDisruptionBudget" in version "policy\/v1beta1".*"PodSecurityPolicy"/s }, 'what is to be sent is not looked for')
  await t.rejects(client.buildRecorded('kind: ConfigMap'), { code: 'manifest' })
})
