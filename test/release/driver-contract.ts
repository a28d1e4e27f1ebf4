import type { Test } from 'tap'
import { releaseKey, type ReleaseDriver } from '../../src/release/driver.js'
import type { Lease } from '../../src/release/lease.js'
import { ReadIndex } from '../../src/release/read-index.js'
import type { ReleaseHead } from '../../src/release/record-index.js'
import { recordJson } from '../../src/release/record-json.js'
import { releaseOf } from '../helpers/release.js'

/** Makes an empty store: the drivers of two namespaces, and of all of them. */
export type MakeDrivers = (t: Test) => Promise<(namespace: string) => ReleaseDriver | Promise<ReleaseDriver>>

/** What every driver must do. */
export async function driverContract (t: Test, name: string, make: MakeDrivers): Promise<void> {
  const key = releaseKey('web', 1)

  await t.test(`${name}: what is created is found, until it is deleted`, async t => {
    const driver = await (await make(t))('default')
    const release = releaseOf({ labels: new Map([['team', 'a']]) })
    await driver.create(key, release)
    const found = await driver.get(key)
    t.equal(recordJson(found), recordJson(release))
    t.strictSame(found.labels, new Map([['team', 'a']]), 'the user\'s labels only')
    t.equal((await driver.delete(key)).name, 'web')
    await t.rejects(driver.get(key), { code: 'not-found', message: 'release: not found' })
    await t.rejects(driver.delete(key), { code: 'not-found' })
  })

  await t.test(`${name}: a key is taken once`, async t => {
    const driver = await (await make(t))('default')
    await driver.create(key, releaseOf())
    await t.rejects(driver.create(key, releaseOf()), { code: 'already-exists', message: 'release: already exists' })
  })

  await t.test(`${name}: an update replaces, and needs something to replace`, async t => {
    const driver = await (await make(t))('default')
    await t.rejects(driver.update(key, releaseOf()))
    await driver.create(key, releaseOf())
    await driver.update(key, releaseOf({ info: { status: 'failed', description: 'oh' } }))
    t.equal((await driver.get(key)).info.status, 'failed')
    t.equal((await driver.query(new Map([['status', 'failed']]))).length, 1)
    await t.rejects(driver.query(new Map([['status', 'deployed']])), { code: 'not-found' })
  })

  await t.test(`${name}: queries ask for all labels`, async t => {
    const driver = await (await make(t))('default')
    for (const version of [1, 2]) {
      await driver.create(releaseKey('web', version), releaseOf({ version, labels: new Map([['team', 'a']]), info: { status: version === 1 ? 'superseded' : 'deployed' } }))
    }
    await driver.create(releaseKey('other', 1), releaseOf({ name: 'other' }))
    const versions = async (labels: Record<string, string>): Promise<string[]> =>
      (await driver.query(new Map(Object.entries(labels)))).map(release => `${release.name} ${release.version}`).sort()
    t.strictSame(await versions({ name: 'web', owner: 'helm' }), ['web 1', 'web 2'])
    t.strictSame(await versions({ name: 'web', status: 'deployed' }), ['web 2'])
    t.strictSame(await versions({ team: 'a', version: '1' }), ['web 1'])
    await t.rejects(versions({ name: 'none' }), { code: 'not-found' })
  })

  await t.test(`${name}: lists are of one namespace, or of all`, async t => {
    const driverOf = await make(t)
    await (await driverOf('one')).create(key, releaseOf({ namespace: 'one' }))
    await (await driverOf('two')).create(key, releaseOf({ namespace: 'two' }))
    const names = async (namespace: string): Promise<string[]> => (await (await driverOf(namespace)).list(() => true)).map(release => release.namespace).sort()
    t.strictSame(await names('one'), ['one'])
    t.strictSame(await names('three'), [])
    t.strictSame(await names(''), ['one', 'two'])
    t.strictSame(await (await driverOf('one')).list(() => false), [])
  })

  await t.test(`${name}: an index, where there is one, tells what there is, and reads heads`, async t => {
    const driver = await (await make(t))('default')
    const labels = new Map([['team', 'a']])
    const release = releaseOf({ version: 12, labels, info: { notes: 'n'.repeat(20_000) } })
    await driver.create(releaseKey('web', 12), release)
    await driver.create(releaseKey('other', 1), releaseOf({ name: 'other', info: { status: 'failed' } }))
    const index = driver.index ?? new ReadIndex(driver)
    const entries = (await index.entries()).sort((a, b) => b.version - a.version)
    t.match(entries, [
      { key: 'sh.helm.release.v1.web.v12', namespace: 'default', name: 'web', version: 12, status: 'deployed' },
      { key: 'sh.helm.release.v1.other.v1', namespace: 'default', name: 'other', version: 1, status: 'failed' }
    ])
    t.equal(entries[0]?.labels.get('team'), 'a')
    const [web, other] = await index.heads(entries)
    const { info, chart } = release
    t.match(web, { name: 'web', namespace: 'default', version: 12, info: { ...info, lastDeployed: Object }, chart: { metadata: { name: 'sea', version: '1.2.3', appVersion: '9' } } })
    t.equal(web?.info.lastDeployed?.rfc3339Nano(), info.lastDeployed?.rfc3339Nano())
    t.equal(web?.chart?.metadata.version, chart?.metadata.version)
    t.equal(other?.info.status, 'failed')
    await driver.delete(releaseKey('other', 1))
    if (driver.index !== undefined) t.strictSame((await index.heads(entries)).map(head => head?.name), ['web', undefined], 'what is gone has no head')
  })

  await t.test(`${name}: heads, where there are some, are those of what a query gives`, async t => {
    const driver = await (await make(t))('default')
    if (driver.heads === undefined) return
    for (const version of [1, 2]) await driver.create(releaseKey('web', version), releaseOf({ version, labels: new Map([['team', 'a']]), info: { rollbackRevision: version } }))
    await driver.create(releaseKey('other', 1), releaseOf({ name: 'other' }))
    const labels = new Map([['name', 'web'], ['owner', 'helm']])
    const shown = ({ name, namespace, version, info, chart, labels }: ReleaseHead): unknown => ({ name, namespace, version, info: { ...info }, metadata: chart?.metadata, team: labels.get('team') })
    const inOrder = (heads: readonly ReleaseHead[]): unknown[] => heads.toSorted((a, b) => a.version - b.version).map(shown)
    t.strictSame(inOrder(await driver.heads(labels)), inOrder(await driver.query(labels)))
    await t.rejects(driver.heads(new Map([['name', 'none']])), { code: 'not-found', message: 'release: not found' })
  })

  await t.test(`${name}: a lease, where there are some, is beside its record while that says that an operation is under way`, async t => {
    const driverOf = await make(t)
    const [own, other] = [await driverOf('default'), await driverOf('default')]
    if (own.leases === undefined || other.leases === undefined) return
    const pending = releaseOf({ info: { status: 'pending-install' } })
    const lease = leaseOf('one')
    t.equal(await other.leases.read(key), undefined)
    own.leases.hold(key, leaseOf('one', 0))
    t.equal(await own.leases.renew(key, lease.expires), 'renewed', 'before its record is written')
    t.equal(await other.leases.read(key), undefined)
    await own.create(key, pending)
    t.strictSame(await other.leases.read(key), lease)
    const expires = new Date(lease.expires.getTime() + 60_000)
    t.equal(await own.leases.renew(key, expires), 'renewed')
    t.strictSame(await other.leases.read(key), { ...lease, expires })
    await own.update(key, releaseOf({ info: { status: 'pending-install', description: 'further' } }))
    t.strictSame(await other.leases.read(key), { ...lease, expires }, 'it stays while the operation goes on')
    await own.update(key, releaseOf())
    t.equal(await other.leases.read(key), undefined, 'the last record ends it')
    t.equal(await own.leases.renew(key, expires), 'ended')
    t.equal(own.leases.held(key), undefined)
    own.leases.hold(key, lease)
    await own.update(key, pending)
    const none = releaseOf({ version: 9 })
    own.leases.hold(releaseKey('web', 9), lease)
    await t.rejects(own.update(releaseKey('web', 9), none))
    t.equal(own.leases.held(releaseKey('web', 9))?.id, 'one', 'a record that could not be written ends none')
  })

  await t.test(`${name}: a lease, where there are some, is lost to who writes the record`, async t => {
    const driverOf = await make(t)
    const [own, other] = [await driverOf('default'), await driverOf('default')]
    if (own.leases === undefined || other.leases === undefined) return
    const { expires } = leaseOf('one')
    own.leases.hold(key, leaseOf('one'))
    await own.create(key, releaseOf({ info: { status: 'pending-install' } }))
    other.leases.hold(key, leaseOf('two'))
    await t.rejects(other.create(key, releaseOf({ info: { status: 'pending-install', description: 'second' } })), { code: 'already-exists' })
    t.equal((await other.leases.read(key))?.id, 'one', 'who comes second takes nothing')
    await other.update(key, releaseOf({ info: { status: 'uninstalling' } }))
    t.equal((await own.leases.read(key))?.id, 'two')
    t.equal(await own.leases.renew(key, expires), 'lost')
    other.leases.letGo(key)
    await other.update(key, releaseOf({ info: { status: 'failed' } }))
    t.equal(await own.leases.read(key), undefined, 'a record without one ends that of another')
    await other.delete(key)
    t.equal(await own.leases.renew(key, expires), 'ended', 'there is nothing any more')
  })
}

function leaseOf (id: string, seconds = 60): Lease {
  const since = new Date('2026-01-02T03:04:05Z')
  return { id, owner: 'ci@runner', process: 47, since, expires: new Date(since.getTime() + seconds * 1000) }
}
