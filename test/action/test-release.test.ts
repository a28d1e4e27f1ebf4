import t from 'tap'
import type { Test } from 'tap'
import { install } from '../../src/action/install.js'
import { testLogs } from '../../src/action/test-logs.js'
import { testRelease, type TestFilter } from '../../src/action/test-release.js'
import { actionWorld, chartOf, configMap, hookJob, installOptionsOf, runJobs, type ActionWorld } from '../helpers/action-context.js'

const all: TestFilter = { included: [], excluded: [] }

function pod (name: string, annotations: Readonly<Record<string, string>> = {}): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  annotations: ${JSON.stringify({ 'helm.sh/hook': 'test', ...annotations })}\nspec:\n  initContainers: [{name: i}]\n  containers: [{name: a}, {name: b}]\n`
}

const chart = chartOf({
  'templates/a.yaml': configMap('a'),
  'templates/other.yaml': hookJob('other', 'post-delete'),
  'templates/one.yaml': pod('one', { 'helm.sh/hook-weight': '5', 'helm.sh/hook-delete-policy': 'hook-succeeded' }),
  'templates/two.yaml': pod('two'),
  'templates/job.yaml': hookJob('job', 'test')
})

async function installed (t: Test, tested = chart): Promise<ActionWorld> {
  const world = await actionWorld(t)
  world.server.control = object => {
    runJobs(object)
    if (object.kind === 'Pod') object['status'] = { phase: object.metadata.name.startsWith('bad') ? 'Failed' : 'Succeeded' }
  }
  await install(world.context, installOptionsOf(tested))
  return world
}

t.test('tests run by weight, and stay until they are cleaned up', async t => {
  const world = await installed(t)
  const { release, failure, cleanUp } = await testRelease(world.context, { name: 'web', filter: all, timeout: 5000 })
  t.equal(failure, undefined)
  t.strictSame(world.alive(), ['configmaps/a', 'jobs/job', 'pods/two', 'pods/one'])
  const phases = (hooks: typeof release.hooks): string[] => hooks.map(({ name, lastRun }) => `${name} ${lastRun.phase}`).sort()
  t.strictSame(phases(release.hooks), ['job Succeeded', 'one Succeeded', 'other ', 'two Succeeded'])
  t.strictSame(phases((await world.context.history.last('web')).hooks), phases(release.hooks))
  const printed: string[] = []
  await testLogs(world.context, release, { namespace: 'default', filter: all }, text => printed.push(text))
  t.strictSame(printed, ['two (i)', 'two (a)', 'two (b)', 'one (i)', 'one (a)', 'one (b)'].map(name => `POD LOGS: ${name}\nline one\nline two\n\n`))
  await cleanUp()
  t.strictSame(world.alive(), ['configmaps/a', 'jobs/job', 'pods/two'])
})

t.test('only some of them; the others stay as they were, and come first in the record', async t => {
  const world = await installed(t)
  const ran = async (filter: Partial<TestFilter>): Promise<string[]> => {
    world.server.requests.length = 0
    await testRelease(world.context, { name: 'web', filter: { ...all, ...filter }, timeout: 5000 })
    return world.server.log().filter(line => line.startsWith('PATCH')).map(line => line.split('/').at(-1) ?? '')
  }
  t.strictSame(await ran({ included: ['two', 'nothing'] }), ['two'])
  t.strictSame((await world.context.history.last('web')).hooks.map(({ name }) => name).at(-1), 'two')
  t.strictSame(await ran({ excluded: ['two'] }), ['job', 'one'])
  t.strictSame(await ran({ included: ['one', 'two'], excluded: ['two'] }), ['one'])
  t.strictSame(await ran({ included: ['a'] }), [])
})

t.test('a test that fails ends them; it is recorded', async t => {
  const bad = { 'helm.sh/hook-delete-policy': 'hook-failed' }
  const world = await installed(t, chartOf({
    'templates/0.yaml': pod('a-good', { 'helm.sh/hook-delete-policy': 'hook-succeeded' }), 'templates/1.yaml': pod('bad', bad), 'templates/2.yaml': pod('later')
  }))
  const { release, failure, cleanUp } = await testRelease(world.context, { name: 'web', filter: all, timeout: 5000 })
  t.match(failure, { error: { message: /Pod\/default\/bad/ } })
  t.strictSame(release.hooks.map(({ name, lastRun }) => `${name} ${lastRun.phase}`), ['a-good Succeeded', 'bad Failed', 'later '])
  t.match((await world.context.history.last('web')).hooks[1], { lastRun: { phase: 'Failed' } })
  t.strictSame(world.alive(), ['pods/a-good', 'pods/bad'])
  await cleanUp()
  t.strictSame(world.alive(), [])
})

t.test('logs that cannot be read', async t => {
  const world = await installed(t)
  const { release } = await testRelease(world.context, { name: 'web', filter: { ...all, included: ['two'] }, timeout: 5000 })
  const printed: string[] = []
  const logs = async (filter: TestFilter): Promise<void> => { await testLogs(world.context, release, { namespace: 'default', filter }, text => printed.push(text)) }
  await t.rejects(logs({ ...all, included: ['one'] }), { message: 'unable to get pod one: pods "one" not found' })
  world.server.fault = ({ path, query }) => path.endsWith('/log') && query.get('container') !== 'a' ? { status: 500, message: 'no disk' } : undefined
  await t.rejects(logs({ ...all, included: ['two'] }), {
    message: 'unable to get logs for pod two, container i: no disk\nunable to get logs for pod two, container b: no disk'
  })
  t.strictSame(printed, ['POD LOGS: two (a)\nline one\nline two\n\n'])
})

t.test('what is not there', async t => {
  const { context } = await actionWorld(t)
  await t.rejects(testRelease(context, { name: 'web', filter: all, timeout: 5000 }), { message: 'release: not found' })
  await t.rejects(testRelease(context, { name: 'R_', filter: all, timeout: 5000 }), { code: 'invalid-name', message: 'releaseTest: Release name is invalid: R_' })
})
