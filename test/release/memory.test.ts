import t from 'tap'
import { MemoryDriver } from '../../src/release/memory.js'
import type { Release } from '../../src/release/release.js'
import { releaseOf } from '../helpers/release.js'
import { driverContract } from './driver-contract.js'

await driverContract(t, 'Memory', async () => {
  const shared: Release[] = []
  return namespace => {
    const driver = new MemoryDriver(namespace, shared)
    return {
      name: driver.name,
      get: async key => await driver.get(key),
      list: async accept => await driver.list(accept),
      query: async labels => await driver.query(labels),
      create: async (key, release) => {
        await driver.create(key, release)
        shared.push(release)
      },
      update: async (key, release) => { await driver.update(key, release) },
      delete: async key => await driver.delete(key)
    }
  }
})

t.test('keys that are none', async t => {
  const driver = new MemoryDriver('default', [releaseOf()])
  for (const key of ['web', 'web.v', 'web.vx', 'a.v1.v2', '']) await t.rejects(driver.get(key), { code: 'invalid-key', message: 'release: invalid key' }, key)
  t.equal((await driver.get('sh.helm.release.v1.web.v1')).name, 'web')
})
