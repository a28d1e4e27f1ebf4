import t from 'tap'
import { connect } from '../../src/kube/connect.js'
import { releaseKey } from '../../src/release/driver.js'
import { secretsDriver } from '../../src/release/secrets.js'
import { startCluster } from '../cluster/start-cluster.js'
import { releaseOf } from '../helpers/release.js'
import { helmEnvironment, peer, runProgram } from './run-program.js'

// Leases on a real API: what renews them is JSON Patch, which the fake API knows little of; and Helm reads records that have them.

const key = releaseKey('web', 1)
const pending = releaseOf({ info: { status: 'pending-install' } })
const now = (): Date => new Date('2026-01-02T03:04:05Z')
const later = new Date('2026-01-02T03:05:05Z')

t.test('leases beside records', { timeout: 600_000 }, async t => {
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  const connection = await connect({ kubeconfig: cluster.kubeconfig, env: {}, clock: { now, sleep: async () => {} } })
  t.teardown(() => connection.close())
  const driver = (): ReturnType<typeof secretsDriver> => secretsDriver({ transport: connection.transport, namespace: 'default', now })
  const [own, other] = [driver(), driver()]
  const hold = (id: string): void => { own.leases.hold(key, { id, owner: 'ci@runner', process: 47, since: now(), expires: now() }) }
  hold('one')
  await own.create(key, pending)
  t.equal(await own.leases.renew(key, later), 'renewed')
  t.strictSame(await other.leases.read(key), { id: 'one', owner: 'ci@runner', process: 47, since: now(), expires: later })
  await own.update(key, pending)
  t.equal((await other.leases.read(key))?.id, 'one', 'it stays while the operation goes on')
  const { stdout } = await runProgram(peer('PORTOLAN_HELM4'), ['list', '-o', 'json'], { env: { ...helmEnvironment(t.testdir()), KUBECONFIG: cluster.kubeconfig } })
  t.match(JSON.parse(stdout), [{ name: 'web', status: 'pending-install' }])
  await other.update(key, pending)
  t.equal(await own.leases.renew(key, later), 'lost', 'whoever writes the record takes it over')
  hold('two')
  await own.update(key, releaseOf())
  t.equal(await own.leases.renew(key, later), 'ended', 'the last record ends it')
  t.equal(await other.leases.read(key), undefined)
  hold('three')
  await own.delete(key)
  t.equal(await own.leases.renew(key, later), 'ended')
})
