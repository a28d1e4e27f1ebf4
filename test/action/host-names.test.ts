import t from 'tap'
import { HostNames } from '../../src/action/host-names.js'
import { template } from '../../src/action/template.js'
import { actionWorld, chartOf } from '../helpers/action-context.js'

t.test('a name is noted, resolved, and then known', async t => {
  const hosts = new HostNames()
  t.equal(hosts.find('db.example.com'), '')
  t.equal(await hosts.fetch(async () => '192.0.2.1'), true)
  t.equal(hosts.find('db.example.com'), '192.0.2.1')
  t.equal(await hosts.fetch(async () => { throw new Error('asked again') }), false)
})

t.test('one that has no address is an error of the template', async t => {
  const { context } = await actionWorld(t)
  const chart = chartOf({ 'templates/a.yaml': 'a: {{ getHostByName "nope.example.com" }}' })
  const options = { chart, values: new Map(), name: 'web', namespace: 'default' }
  await t.rejects(template({ ...context, resolveHost: async () => { throw new Error('ENOTFOUND') } }, options), { code: 'execution', message: /error calling getHostByName: lookup nope\.example\.com: no such host/ })
})

t.test('a chart is rendered until all its names are known, warnings are told once', async t => {
  const { context, logged } = await actionWorld(t)
  const chart = chartOf({ 'templates/a.yaml': '{{ $first := getHostByName "a.example.com" }}a: {{ $first }}\nb: {{ getHostByName (printf "%s.example.com" $first) }}', 'values.yaml': 'a: 1' })
  const asked: string[] = []
  const resolveHost = async (name: string): Promise<string> => { asked.push(name); return name.replaceAll('.', '-') }
  const { release } = await template({ ...context, resolveHost }, { chart, values: new Map([['a', new Map()]]), name: 'web', namespace: 'default' })
  t.match(release.manifest, 'a: a-example-com\nb: a-example-com-example-com')
  t.equal(logged.filter(line => /skipped value/.test(line)).length, 1)
  t.ok(asked.includes('a.example.com'))
  const without = await template(context, { chart, values: new Map(), name: 'web', namespace: 'default' })
  t.match(without.release.manifest, /^a: *$/m)
})
