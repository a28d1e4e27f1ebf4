import t from 'tap'
import { get } from '../../src/action/get.js'
import { actionWorld } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

t.test('the newest revision, or the one asked for', async t => {
  const { context } = await actionWorld(t)
  await context.history.create(releaseOf({ version: 1 }))
  await context.history.create(releaseOf({ version: 2 }))
  t.equal((await get(context, 'web')).version, 2)
  t.equal((await get(context, 'web', 1)).version, 1)
  await t.rejects(get(context, 'web', 3), { code: 'not-found', message: 'release: not found' })
  await t.rejects(get(context, 'none'), { code: 'not-found' })
  await t.rejects(get(context, 'R_'), { code: 'invalid-name', message: 'releaseContent: Release name is invalid: R_' })
})

t.test('a cluster that is not there', async t => {
  const { context, server } = await actionWorld(t)
  server.fault = () => ({ status: 503, message: 'down' })
  await t.rejects(get(context, 'web'), { message: 'kubernetes cluster unreachable: down' })
})
