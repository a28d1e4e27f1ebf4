import t from 'tap'
import { install } from '../../src/action/install.js'
import { rollback } from '../../src/action/rollback.js'
import { upgrade } from '../../src/action/upgrade.js'
import { parseCondition } from '../../src/kube/condition.js'
import type { WaitLook } from '../../src/kube/wait-progress.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, rollbackOptionsOf, runJobs, upgradeOptionsOf } from '../helpers/action-context.js'

const chart = chartOf({ 'templates/map.yaml': `${configMap('one')}data: {phase: "{{ .Values.phase }}"}\n`, 'templates/late.yaml': hookJob('late', 'post-install,post-upgrade,post-rollback') })

function phase (text: string): Map<string, string> {
  return new Map([['phase', text]])
}

t.test('conditions are waited for before the last hooks, without --wait as well', async t => {
  const world = await actionWorld(t)
  world.server.control = runJobs
  const options = { timeout: 3000, waitFor: [parseCondition('configmap/one={.data.phase}=done')] }
  await install(world.context, installOptionsOf(chart, { ...options, values: phase('done') }))
  t.match(world.alive(), ['configmaps/one', 'jobs/late'])
  await t.rejects(upgrade(world.context, upgradeOptionsOf(chart, { ...options, values: phase('begun') })), {
    message: 'resource ConfigMap/default/one not ready. status: InProgress, message: {.data.phase} is begun, not done\ncontext deadline exceeded'
  })
  t.match((await world.context.history.last('web')).info, { status: 'failed' })
  await rollback(world.context, rollbackOptionsOf({ ...options, revision: 1 }))
  await t.rejects(rollback(world.context, rollbackOptionsOf({ ...options, revision: 2 })), { message: /^release web failed: resource ConfigMap\/default\/one not ready/ })
})

t.test('a condition that is not met takes the release back, if that is wanted', async t => {
  const world = await actionWorld(t)
  world.server.control = runJobs
  await t.rejects(install(world.context, installOptionsOf(chart, { rollbackOnFailure: true, waitFor: [parseCondition('configmap/one={.data.no}')] })), {
    message: /^release web failed, and has been uninstalled due to rollback-on-failure being set: resource ConfigMap\/default\/one not ready/
  })
  t.notOk(world.alive().includes('configmaps/one'))
})

t.test('objects of the namespace, and kinds that nobody knows: those are told before anything is created', async t => {
  const world = await actionWorld(t)
  world.server.control = runJobs
  await t.rejects(install(world.context, installOptionsOf(chart, { waitFor: [parseCondition('boats/one={.x}')] })), { code: 'no-match' })
  t.strictSame(world.alive(), [])
  world.server.objects.set('/api/v1/namespaces/default/secrets/other', { metadata: { name: 'other' }, type: 'x' })
  await install(world.context, installOptionsOf(chart, { waitFor: [parseCondition('secrets/other={.type}=x')] }))
})

t.test('objects and conditions share one timeout', async t => {
  const world = await actionWorld(t)
  const pod = chartOf({ 'templates/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n' })
  let looks = 0
  world.server.fault = ({ method, path }) => {
    const object = world.server.objects.get(path)
    if (method === 'GET' && path.endsWith('/pods/p') && object !== undefined && ++looks > 4) object['status'] = { phase: 'Succeeded' }
    return undefined
  }
  await t.rejects(install(world.context, installOptionsOf(pod, { wait: 'watcher', timeout: 4000, waitFor: [parseCondition('pod/p={.no}')] })), { code: 'not-ready' })
  t.equal(world.clock.slept.reduce((sum, each) => sum + each, 0), 4000)
})

t.test('whoever is to know hears how it goes: of hooks, objects, conditions and deletions', async t => {
  const world = await actionWorld(t)
  const heard: string[] = []
  const looked = ({ goal, waiting }: WaitLook): void => { heard.push(...waiting.map(({ kind }) => `${goal} ${kind}`)) }
  const progress = { looked, ended: (isMet: boolean): void => { heard.push(String(isMet)) } }
  await t.rejects(install({ ...world.context, progress }, installOptionsOf(chart, { timeout: 100, waitFor: [parseCondition('configmap/one={.data.no}')] })))
  t.strictSame(heard, ['ready ConfigMap', 'false'])
  heard.length = 0
  await t.rejects(install({ ...world.context, progress }, installOptionsOf(chart, { timeout: 100, replace: true })))
  t.strictSame(heard.filter((each, i) => each !== heard[i - 1]), ['true', 'ready Job', 'false'])
})
