import t from 'tap'
import { status } from '../../src/action/status.js'
import { actionWorld } from '../helpers/action-context.js'
import { releaseOf } from '../helpers/release.js'

t.test('the record, and what lives of it', async t => {
  const { context, client, server } = await actionWorld(t)
  await context.history.create(releaseOf())
  server.objects.set('/api/v1/namespaces/default/configmaps/a', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'a' } })
  const { release, resources } = await status(context, { name: 'web', revision: 0, tables: true }, client)
  t.equal(release.name, 'web')
  t.strictSame([...resources.keys()], ['v1/ConfigMap'])
  await t.rejects(status(context, { name: 'none', revision: 0, tables: false }, client), { code: 'not-found' })
})
