import { symlinkSync } from 'node:fs'
import t from 'tap'
import { refuseLocalCycle } from '../../src/dependency/local-cycle.js'
import { chartYaml, dependencyWorld } from './dependency-context.js'

const keel = { name: 'keel', version: '1', repository: 'file://../keel' }

t.test('charts that depend on each other are named', async t => {
  const { ship } = dependencyWorld(t, {
    ship: {}, keel: { 'Chart.yaml': chartYaml('keel', 'mast 1 file://../mast') }, mast: { 'Chart.yaml': chartYaml('mast', 'keel 1 file://../keel') }
  })
  await t.rejects(refuseLocalCycle(ship, { name: 'ship', dependencies: [keel] }), { code: 'cycle', message: 'charts depend on each other: keel -> mast -> keel (file:// repositories)' })
})

t.test('a link to the chart itself is seen', async t => {
  const { ship, cwd } = dependencyWorld(t, { ship: { 'Chart.yaml': chartYaml('ship') } })
  symlinkSync('ship', `${cwd}/keel`)
  await t.rejects(refuseLocalCycle(ship, { name: 'ship', dependencies: [keel] }), { code: 'cycle', message: 'charts depend on each other: ship -> ship (file:// repositories)' })
})

t.test('one chart that several depend on is no cycle, and is looked at once', async t => {
  const layers = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`c${i}`, { 'Chart.yaml': chartYaml(`c${i}`, ...i === 29 ? [] : [`a 1 file://../c${i + 1}`, `b 1 file://../c${i + 1}/.`]) }]))
  const { ship } = dependencyWorld(t, { ship: {}, ...layers })
  await t.resolves(refuseLocalCycle(ship, { name: 'ship', dependencies: [{ name: 'c0', version: '1', repository: 'file://../c0' }] }))
})
