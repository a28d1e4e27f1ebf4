import { userInfo } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { connectionSettings } from '../../src/release/connection-settings.js'
import { releaseKey } from '../../src/release/driver.js'
import { SqlConnection } from '../../src/release/sql-connection.js'
import { openSqlDriver, type SqlDriver } from '../../src/release/sql.js'
import { pollUntil } from '../cluster/poll.js'
import { startCluster } from '../cluster/start-cluster.js'
import { freePorts } from '../cluster/free-ports.js'
import { releaseOf } from '../helpers/release.js'
import { driverContract } from '../release/driver-contract.js'
import { startPostgres, type Postgres } from './postgres.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program } from './server-process.js'

// Releases in a real PostgreSQL: the contract of all drivers, and real Helm 3 and 4 on the same tables, whichever of them made the tables.

const now = (): Date => new Date('2026-01-02T03:04:05Z')

async function driverOf (t: Test, connectionString: string, namespace = 'default', told: string[] = []): Promise<SqlDriver> {
  const tell = (message: string): void => { told.push(message) }
  const driver = await openSqlDriver({ connectionString, namespace, env: {}, user: userInfo().username, now, debug: tell, warn: tell })
  t.teardown(() => driver.close())
  return driver
}

async function connect (t: Test, connectionString: string): Promise<SqlConnection> {
  const connection = await SqlConnection.open(connectionSettings(connectionString, {}, 'captain'), {})
  t.teardown(() => connection.close())
  return connection
}

t.test('releases in PostgreSQL', { timeout: 600_000 }, async t => {
  const postgres = await startPostgres(t)
  let databases = 0
  await driverContract(t, 'SQL', async t => {
    const { pairs } = await postgres.database(`contract${++databases}`)
    return async namespace => await driverOf(t, pairs, namespace)
  })
  await t.test('rows are as Helm writes them', t => rows(t, postgres))
  await t.test('what is in the way is told', t => failures(t, postgres))
  await t.test('leases', t => leases(t, postgres))
  await t.test('two that come first at once both find the tables made', async t => {
    const { url } = await postgres.database('race')
    const drivers = await Promise.all([1, 2, 3, 4].map(async () => await driverOf(t, url)))
    await drivers[0]?.create(releaseKey('web', 1), releaseOf())
    t.equal((await drivers[3]?.list(() => true))?.length, 1)
  })
  await t.test('releases change hands', t => handOvers(t, postgres))
})

async function rows (t: Test, postgres: Postgres): Promise<void> {
  const { url } = await postgres.database('rows')
  const told: string[] = []
  const driver = await driverOf(t, url, 'default', told)
  const connection = await connect(t, url)
  await driver.create(releaseKey('web', 1), releaseOf({ labels: new Map([['team', 'a']]) }))
  await driver.update(releaseKey('web', 1), releaseOf({ info: { status: 'superseded' } }))
  t.match(await connection.query('SELECT * FROM releases_v1'), [{
    key: 'sh.helm.release.v1.web.v1',
    type: 'helm.sh/release.v1',
    body: /^H4sI/,
    name: 'web',
    namespace: 'default',
    version: 1,
    status: 'superseded',
    owner: 'helm',
    createdat: 1767323045,
    modifiedat: 1767323045
  }])
  t.strictSame(await connection.query('SELECT * FROM custom_labels_v1'), [{ releasekey: 'sh.helm.release.v1.web.v1', releasenamespace: 'default', key: 'team', value: 'a' }])
  t.match(await connection.query('SELECT id FROM gorp_migrations ORDER BY id'), [{ id: 'custom_labels' }, { id: 'init' }])
  await driver.create(releaseKey('bad', 1), releaseOf({ name: 'bad' }))
  await connection.query("UPDATE releases_v1 SET body = 'AAAA' WHERE name = 'bad'")
  t.strictSame((await driver.list(() => true)).map(({ name }) => name), ['web'], 'what cannot be read is left out')
  t.match(told, [/^failed to decode release sh.helm.release.v1.bad.v1: /])
  await driver.delete(releaseKey('web', 1))
  t.strictSame(await connection.query('SELECT * FROM custom_labels_v1'), [], 'labels go with their record')
}

async function failures (t: Test, postgres: Postgres): Promise<void> {
  const { url, pairs } = await postgres.database('failures')
  const refused = async (connectionString: string, message: string | RegExp): Promise<void> => {
    await t.rejects(openSqlDriver({ connectionString, namespace: 'default', env: {}, user: 'captain', now }), { message }, connectionString)
  }
  await refused(`${pairs} dbname=none`, 'unable to instantiate SQL driver: pq: database "none" does not exist (3D000)')
  await refused(url.replace('disable', 'require'), 'unable to instantiate SQL driver: pq: SSL is not enabled on the server')
  const [port = 0] = await freePorts(1)
  await refused(`host=127.0.0.1 port=${port} sslmode=disable`, `unable to instantiate SQL driver: dial tcp 127.0.0.1:${port}: connect: connection refused`)
  await driverOf(t, url.replace('disable', 'prefer'))
  await driverOf(t, url.replace('disable', 'allow'))
  const driver = await driverOf(t, url)
  await (await connect(t, url)).query('ALTER TABLE releases_v1 RENAME TO elsewhere')
  await t.rejects(driver.get(releaseKey('web', 1)), { code: 'storage', message: 'pq: relation "releases_v1" does not exist (42P01)' }, 'a failure is no absence')
}

/** A lease as an operation takes it. */
function hold (driver: SqlDriver, id: string): void {
  driver.leases.hold(key, { id, owner: 'ci@runner', process: 47, since: now(), expires: now() })
}

const key = releaseKey('web', 1)
const pending = releaseOf({ info: { status: 'pending-install' } })

async function leases (t: Test, postgres: Postgres): Promise<void> {
  const { url } = await postgres.database('leases')
  const driver = await driverOf(t, url)
  const connection = await connect(t, url)
  await driver.create(releaseKey('other', 1), releaseOf({ name: 'other' }))
  t.match(await connection.query("SELECT to_regclass('portolan_leases_v1') AS found"), [{ found: null }], 'who takes none makes no table')
  hold(driver, 'one')
  await driver.create(key, pending)
  t.match(await connection.query('SELECT * FROM portolan_leases_v1'), [{ releasekey: key, releasenamespace: 'default', id: 'one', owner: 'ci@runner', process: 47 }])
  await connection.query("UPDATE releases_v1 SET body = body || ' ' WHERE name = 'web'")
  t.equal(await driver.leases.read(key), undefined, 'a record that Helm wrote since has none')
  t.equal(await driver.leases.renew(key, now()), 'lost')
  await driver.update(key, pending)
  t.equal((await driver.leases.read(key))?.id, 'one')
  await driver.delete(key)
  t.strictSame(await connection.query('SELECT * FROM portolan_leases_v1'), [], 'it goes with the record')
  for (const statement of ['CREATE ROLE mate LOGIN', 'CREATE POLICY open ON releases_v1 USING (true)', 'CREATE POLICY open ON custom_labels_v1 USING (true)', 'GRANT SELECT ON gorp_migrations TO mate']) await connection.query(statement)
  await withoutRights(t, url)
}

/** Whoever may not write leases works without, and is told so once. */
async function withoutRights (t: Test, url: string): Promise<void> {
  const connection = await connect(t, url)
  const mate = url.replace('captain@', 'mate@')
  const refused = async (complaint: RegExp): Promise<void> => {
    const told: string[] = []
    const driver = await driverOf(t, mate, 'default', told)
    hold(driver, 'two')
    await driver.create(key, pending)
    await driver.update(key, pending)
    t.equal(await driver.leases.read(key), undefined)
    await driver.delete(key)
    t.match(told, [complaint])
  }
  await refused(/^no lease can be kept beside the release, others are not told that it is being worked on: pq: new row violates row-level security policy for table "portolan_leases_v1" \(42501\)$/)
  await connection.query('DROP TABLE portolan_leases_v1')
  await refused(/^no lease can be kept .*: pq: permission denied for schema public \(42501\)$/)
}

type Tool = (...args: string[]) => Promise<Ran>

async function handOvers (t: Test, postgres: Postgres): Promise<void> {
  const directory = t.testdir({ work: { boat: { 'Chart.yaml': 'apiVersion: v2\nname: boat\nversion: 0.1.0\nappVersion: "7"\n', templates: { 'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n' } } } })
  const cluster = await startCluster({ env: process.env })
  t.teardown(() => cluster.stop())
  const base = { ...helmEnvironment(directory), KUBECONFIG: cluster.kubeconfig, HELM_DRIVER: 'sql' }
  const tool = (connection: string, file: string, ...before: string[]): Tool => (...args) =>
    runProgram(file, [...before, ...args], { cwd: join(directory, 'work'), env: { ...base, HELM_DRIVER_SQL_CONNECTION_STRING: connection } })
  for (const [title, helm] of [['Helm 4.3.1', peer('PORTOLAN_HELM4')], ['Helm 3.22.0', peer('PORTOLAN_HELM3')]] as const) {
    const own = await postgres.database(`ours${databaseName(title)}`)
    const theirs = await postgres.database(`theirs${databaseName(title)}`)
    await t.test(`${title} goes on in the tables that portolan made`, t => handOver(t, tool(own.url, process.execPath, program), tool(own.pairs, helm)))
    await t.test(`portolan goes on in the tables that ${title} made`, t => handOver(t, tool(theirs.pairs, helm), tool(theirs.url, process.execPath, program)))
    await sameTables(t, own.url, theirs.url)
  }
}

function databaseName (title: string): string {
  return title.replace(/\D/g, '')
}

async function handOver (t: Test, first: Tool, second: Tool): Promise<void> {
  const installed = await first('install', 'web', './boat', '--labels', 'team=a')
  t.equal(installed.code, 0, installed.stderr)
  const listed = await second('list', '-o', 'json')
  t.equal(listed.code, 0, listed.stderr)
  t.match(JSON.parse(listed.stdout), [{ name: 'web', namespace: 'default', revision: '1', status: 'deployed', chart: 'boat-0.1.0', app_version: '7' }])
  t.match((await second('status', 'web')).stdout, /STATUS: deployed\nREVISION: 1\n/)
  t.equal((await second('get', 'manifest', 'web')).stdout, (await first('get', 'manifest', 'web')).stdout)
  t.match(JSON.parse((await second('list', '-o', 'json', '-l', 'team=a')).stdout), [{ name: 'web' }], 'its label is read')
  const again = await second('install', 'web', './boat')
  t.equal(again.code, 1)
  t.match(again.stderr, /cannot re-?use a name that is still in use/)
  const removed = await second('uninstall', 'web')
  t.equal(removed.code, 0, removed.stderr)
  const gone = async (): Promise<boolean> => (JSON.parse((await first('list', '-o', 'json')).stdout) as unknown[]).length === 0
  await t.resolves(pollUntil('The removal', gone, AbortSignal.timeout(60_000)))
}

/** Columns, indexes, and row level security are the same whoever made the tables; that of leases is ours alone. */
async function sameTables (t: Test, own: string, theirs: string): Promise<void> {
  const shape = async (url: string): Promise<unknown> => {
    const connection = await connect(t, url)
    return [
      await connection.query(`SELECT table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'portolan_leases_v1' ORDER BY table_name, ordinal_position`),
      await connection.query("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'portolan_leases_v1' ORDER BY indexname"),
      await connection.query("SELECT relname, relrowsecurity, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'portolan_leases_v1' ORDER BY relname"),
      await connection.query('SELECT id FROM gorp_migrations ORDER BY applied_at')
    ]
  }
  t.strictSame(await shape(own), await shape(theirs), 'the tables are the same')
}
