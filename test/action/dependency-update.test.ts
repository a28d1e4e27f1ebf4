import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { buildDependencies } from '../../src/action/dependency-build.js'
import { updateDependencies } from '../../src/action/dependency-update.js'
import { chartYaml, dependencyWorld, type DependencyWorld, type Tree } from '../dependency/dependency-context.js'
import type { DependencyContext } from '../../src/dependency/context.js'
import { chartArchive } from '../helpers/chart-archive.js'
import { signedArchive } from '../helpers/signed-archive.js'
import { startWeb, type Site, type Web } from '../remote/web.js'

const refresh = { refresh: true }

interface World extends DependencyWorld {
  readonly web: Web
  readonly site: Site
}

/** A repository with `anchor` and `rope`, and a chart in ship/ that needs both; an older archive lies in its charts/. */
async function world (t: Test, files: Tree = {}, parts: Parameters<typeof dependencyWorld>[2] = {}): Promise<World> {
  const site: Site = new Map()
  const web = await startWeb(t, site)
  const entries: string[] = []
  for (const name of ['anchor', 'rope']) {
    const archive = await chartArchive(name, '1.0.0')
    site.set(`/${name}-1.0.0.tgz`, archive)
    entries.push(`  ${name}: [{apiVersion: v2, name: ${name}, version: 1.0.0, urls: ["${name}-1.0.0.tgz"], digest: ${createHash('sha256').update(archive).digest('hex')}}]\n`)
  }
  site.set('/index.yaml', `apiVersion: v1\nentries:\n${entries.join('')}`)
  const old = await chartArchive('old', '1.0.0')
  const made = dependencyWorld(t, { ship: { 'Chart.yaml': chartYaml('ship', `anchor 1 ${web.url}`, `rope 1 ${web.url}`), charts: { 'old-1.0.0.tgz': old } }, ...files }, parts)
  return { ...made, web, site }
}

const inCharts = ({ cwd }: World): string[] => readdirSync(`${cwd}/ship/charts`).sort()

t.test('charts/ and the lock, with the time as the clock tells it', async t => {
  const made = await world(t)
  await updateDependencies(made.context, made.ship, refresh)
  t.strictSame(inCharts(made), ['anchor-1.0.0.tgz', 'rope-1.0.0.tgz'])
  t.match(readFileSync(`${made.cwd}/ship/Chart.lock`, 'utf8'), /^generated: "2026-01-02T05:04:05\.678006789\+02:00"\n$/m)
  t.strictSame(readdirSync(`${made.cwd}/ship`).sort(), ['Chart.lock', 'Chart.yaml', 'charts'], 'nothing temporary is left')
})

t.test('archives are fetched side by side', async t => {
  const made = await world(t)
  let waiting = 0
  const both: Array<() => void> = []
  for (const name of ['/anchor-1.0.0.tgz', '/rope-1.0.0.tgz']) {
    const archive = made.site.get(name)
    if (!(archive instanceof Uint8Array)) throw new Error('no archive')
    made.site.set(name, response => {
      both.push(() => response.end(archive))
      // Neither is answered before both were asked for.
      if (++waiting === 2) for (const answer of both) answer()
    })
  }
  await updateDependencies(made.context, made.ship, refresh)
  t.strictSame(inCharts(made), ['anchor-1.0.0.tgz', 'rope-1.0.0.tgz'])
  t.ok(made.said.indexOf(`Downloading anchor from repo ${made.web.url}`) < made.said.indexOf(`Downloading rope from repo ${made.web.url}`))
})

for (const [what, answer] of [['is cut short', Buffer.from([0x1f, 0x8b, 8])], ['is another than the index says', 'something else']] as const) {
  t.test(`an archive that ${what}: nothing is lost`, async t => {
    const made = await world(t)
    made.site.set('/rope-1.0.0.tgz', answer)
    await t.rejects(updateDependencies(made.context, made.ship, refresh), { code: 'download-failed', message: /^could not download http:.*rope-1\.0\.0\.tgz: / })
    t.strictSame(inCharts(made), ['old-1.0.0.tgz'])
    t.strictSame(readdirSync(`${made.cwd}/ship`).sort(), ['Chart.yaml', 'charts'])
    t.match(made.said.at(-1), /^Save error occurred: {2}could not download/)
  })
}

t.test('given up by the user: nothing is lost', async t => {
  const stop = new AbortController()
  const made = await world(t, {}, { signal: stop.signal })
  made.site.set('/rope-1.0.0.tgz', () => { stop.abort() })
  await t.rejects(updateDependencies(made.context, made.ship, refresh), { code: 'download-failed' })
  t.strictSame(inCharts(made), ['old-1.0.0.tgz'])
  t.strictSame(readdirSync(`${made.cwd}/ship`).sort(), ['Chart.yaml', 'charts'])
})

t.test('an archive whose name is no file name', async t => {
  const made = await world(t)
  made.site.set('/index.yaml', 'apiVersion: v1\nentries:\n  anchor: [{apiVersion: v2, name: anchor, version: 1.0.0, urls: ["..%2f..%2fevil.tgz"]}]\n  rope: [{apiVersion: v2, name: rope, version: 1.0.0, urls: ["rope-1.0.0.tgz"]}]\n')
  await t.rejects(updateDependencies(made.context, made.ship, refresh), { code: 'download-failed' })
  t.strictSame(inCharts(made), ['old-1.0.0.tgz'])
})

t.test('a lock that does not belong to Chart.yaml is refused, and what it names is not fetched', async t => {
  const made = await world(t, {})
  await updateDependencies(made.context, made.ship, refresh)
  const other = dependencyWorld(t, { ship: { 'Chart.yaml': chartYaml('ship', `anchor 2 ${made.web.url}`), 'Chart.lock': readFileSync(`${made.cwd}/ship/Chart.lock`) } })
  const asked = made.web.seen.length
  await t.rejects(buildDependencies(other.context, other.ship, refresh), { code: 'out-of-date', message: /^the lock file \(Chart\.lock\) is out of sync with the dependencies file \(Chart\.yaml\)/ })
  t.equal(made.web.seen.length, asked)
})

t.test('--verify: only archives with a good signature come in; build takes those without one, too', async t => {
  const signed = await signedArchive('rope-1.0.0.tgz')
  const made = await world(t, { 'ring.asc': signed.keyring }, { clock: () => new Date() })
  made.site.set('/index.yaml', 'apiVersion: v1\nentries:\n  rope: [{apiVersion: v2, name: rope, version: 1.0.0, urls: ["rope-1.0.0.tgz"]}]\n')
  made.site.set('/rope-1.0.0.tgz', signed.archive)
  writeFileSync(`${made.cwd}/ship/Chart.yaml`, chartYaml('ship', `rope 1 ${made.web.url}`))
  writeFileSync(`${made.cwd}/repositories.yaml`, `repositories:\n- {name: charts, url: "${made.web.url}"}\n`)
  const verifying = (required: boolean): DependencyContext => ({ ...made.context, verification: { required, keyring: 'ring.asc' } })
  await t.rejects(updateDependencies(verifying(true), made.ship, refresh), { code: 'download-failed', message: /: failed to fetch provenance "http:.*rope-1\.0\.0\.tgz\.prov"$/ })
  t.strictSame(inCharts(made), ['old-1.0.0.tgz'])
  made.site.set('/rope-1.0.0.tgz.prov', signed.provenance)
  await updateDependencies(verifying(true), made.ship, refresh)
  t.strictSame(inCharts(made), ['rope-1.0.0.tgz'])
  made.site.set('/rope-1.0.0.tgz', await chartArchive('rope', '1.0.0', { 'values.yaml': 'evil: true\n' }))
  await t.rejects(buildDependencies(verifying(false), made.ship, refresh), { code: 'download-failed', message: /sha256 sum does not match/ })
  made.site.delete('/rope-1.0.0.tgz.prov')
  await buildDependencies(verifying(false), made.ship, refresh)
  t.match(made.said.find(line => line.startsWith('WARNING')), /^WARNING: Verification not found for http:.*rope-1\.0\.0\.tgz: failed to fetch /)
})
