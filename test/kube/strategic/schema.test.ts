import t from 'tap'
import { PatchSchema } from '../../../src/kube/strategic/schema.js'

function podSpec (): PatchSchema {
  const deployment = PatchSchema.of({ group: 'apps', version: 'v1', kind: 'Deployment' })
  if (deployment === undefined) throw new Error('no deployments')
  return deployment.mapping('spec').schema.mapping('template').schema.mapping('spec').schema
}

t.test('strategies and merge keys of the types', async t => {
  t.match(podSpec().list('containers'), { strategy: 'merge', mergeKey: 'name', retainKeys: false })
  t.match(podSpec().list('volumes'), { strategy: 'merge', mergeKey: 'name', retainKeys: true })
  t.match(podSpec().list('tolerations'), { strategy: '', mergeKey: '' })
  t.match(podSpec().list('containers').schema.list('ports'), { strategy: 'merge', mergeKey: 'containerPort' })
})

t.test('versions of a kind may differ', async t => {
  const selector = (version: string): string | undefined =>
    PatchSchema.of({ group: 'policy', version, kind: 'PodDisruptionBudget' })?.mapping('spec').schema.mapping('selector').strategy
  t.equal(selector('v1'), 'replace')
  t.equal(selector('v1beta1'), '')
})

t.test('kinds that are not built in have none, nor do definitions of the old version', async t => {
  t.equal(PatchSchema.of({ group: 'example.com', version: 'v1', kind: 'Ship' }), undefined)
  t.equal(PatchSchema.of({ group: 'apiextensions.k8s.io', version: 'v1beta1', kind: 'CustomResourceDefinition' }), undefined)
  t.not(PatchSchema.of({ group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' }), undefined)
  t.equal(PatchSchema.of({ group: '', version: 'v1', kind: 'DeleteOptions' }), undefined)
  t.equal(PatchSchema.of({ group: '', version: 'PodSpec', kind: '' }), undefined)
})

t.test('fields that a type does not have', async t => {
  t.throws(() => podSpec().list('constructor'), { code: 'manifest', message: 'unable to find api field in struct PodSpec for the json field "constructor"' })
  t.throws(() => podSpec().list('affinity'), { message: 'expected slice or array type, but got: struct' })
  t.throws(() => podSpec().mapping('nodeSelector').schema.mapping('x'), { message: 'merging an object in json but data type is not struct, instead is: map' })
})
