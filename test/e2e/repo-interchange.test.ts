/**
 * One machine, two tools: what `helm` wrote is used by ours, and the other way round. Needs the real programs:
 *
 *     PORTOLAN_HELM3=/path/to/helm-3 PORTOLAN_HELM4=/path/to/helm-4 npx tap test/e2e/repo-interchange.test.ts
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { runPortolan } from '../cli/commands/program.js'
import type { Answered } from '../compat/session.js'
import { chartSite } from '../remote/chart-site.js'
import { startWeb, type Scope, type Site, type Web } from '../remote/web.js'

/** A tool, working in one home. */
type Tool = (line: string) => Promise<Answered>

interface Machine {
  readonly home: string
  readonly helm: Tool
  readonly ours: Tool
  readonly web: Web
  readonly site: Site
  /** The text of a file below the home folder. */
  readonly read: (path: string) => string
}

async function machine (t: Scope & { testdir (): string }, program: string): Promise<Machine> {
  const home = t.testdir()
  const held: { web?: Web } = {}
  const { site } = await chartSite(() => held.web?.url ?? '')
  const web = held.web = await startWeb(t, site)
  const words = (line: string): string[] => line.replaceAll('{base}', web.url).split(' ')
  return {
    home,
    web,
    site,
    helm: async line => await runHelm(program, words(line), home),
    ours: async line => await runPortolan(words(line), { cwd: home, env: { HOME: home }, stdin: '' }),
    read: path => readFileSync(join(home, path), 'utf8')
  }
}

async function runHelm (program: string, args: readonly string[], home: string): Promise<Answered> {
  const child = spawn(program, args, { cwd: home, env: { HOME: home, PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', code => resolve(code ?? -1)))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { code, stdout, stderr }
}

/** Runs a call that must succeed. */
async function succeed (t: Pick<Test, 'equal'>, tool: Tool, line: string): Promise<string> {
  const { code, stdout, stderr } = await tool(line)
  t.equal(code, 0, `${line}: ${stderr}`)
  return stdout
}

const config = '.config/helm/repositories.yaml'
const cache = '.cache/helm/repository'

for (const [variable, major] of [['PORTOLAN_HELM3', 3], ['PORTOLAN_HELM4', 4]] as const) {
  const program = process.env[variable] ?? ''
  t.test(`Helm ${major}`, async t => {
    if (program === '') throw new Error(`${variable} does not name a helm program`)

    t.test('is the program that it should be', async t => {
      const { helm } = await machine(t, program)
      t.match(await succeed(t, helm, 'version --short'), new RegExp(`^v${major}\\.`))
    })

    t.test('uses what ours added', async t => {
      const { helm, ours, read } = await machine(t, program)
      await succeed(t, ours, 'repo add stable {base} --username me --password se:cret')
      await succeed(t, ours, 'repo add json {base}/json')
      const written = read(config)
      t.match(await succeed(t, helm, 'repo list'), /^NAME.*\nstable.*\njson/)
      t.equal(await succeed(t, helm, 'search repo -l'), await succeed(t, ours, 'search repo -l'))
      await succeed(t, helm, 'pull stable/web -d .')
      t.match(await succeed(t, helm, 'repo add stable {base} --username me --password se:cret'), /already exists with the same configuration, skipping/)
      t.equal(read(config), written)
      await succeed(t, helm, 'repo add third {base}')
      t.equal(read(config), written.replace(/$/, read(config).slice(written.length)), 'it only added to what ours wrote')
      await succeed(t, helm, 'repo remove third')
      t.equal(read(config), written, 'it writes it byte for byte the same')
      await succeed(t, helm, 'repo update')
      await succeed(t, helm, 'repo remove stable json')
    })

    t.test('can hand over to ours', async t => {
      const { home, helm, ours, read } = await machine(t, program)
      await succeed(t, helm, 'repo add stable {base} --username me --password 0x1F')
      await succeed(t, helm, 'repo add json {base}/json --pass-credentials')
      const written = read(config)
      t.equal(await succeed(t, ours, 'repo list -o json'), await succeed(t, helm, 'repo list -o json'))
      t.equal(await succeed(t, ours, 'search repo web --devel'), await succeed(t, helm, 'search repo web --devel'))
      await succeed(t, ours, 'pull stable/web')
      t.match(await succeed(t, ours, 'repo add stable {base} --username me --password 0x1F'), /already exists with the same configuration, skipping/)
      await succeed(t, ours, 'repo add third {base}')
      await succeed(t, ours, 'repo remove third')
      t.equal(read(config), written, 'ours writes it byte for byte the same')
      t.equal(statSync(join(home, config)).mode & 0o777, 0o600)
      await succeed(t, ours, 'repo update')
      await succeed(t, ours, 'repo remove stable json')
      t.strictSame(readdirSync(join(home, cache)).filter(name => /^(stable|json)-/.test(name)), [])
      t.match(await helm('repo update'), { code: 1, stderr: /no repositories found/ })
    })

    t.test('the cached files are the same', async t => {
      const { home, helm, ours, read } = await machine(t, program)
      const files = (): Array<[string, string]> => readdirSync(join(home, cache)).sort().map(name => [name, read(join(cache, name)).split('\n').sort().join('\n')])
      await succeed(t, helm, 'repo add stable {base}')
      const theirs = files()
      rmSync(join(home, cache), { recursive: true })
      await succeed(t, ours, 'repo update')
      t.strictSame(files(), theirs)
    })

    t.test('both may write at the same time', async t => {
      const { helm, ours, read, site } = await machine(t, program)
      await succeed(t, ours, 'repo add first {base}')
      const held: Array<() => void> = []
      const arrived = new Promise<void>(resolve => {
        site.set('/slow/index.yaml', response => {
          held.push(() => response.end('apiVersion: v1\nentries: {}\n'))
          resolve()
        })
      })
      const theirs = succeed(t, helm, 'repo add theirs {base}/slow')
      await arrived
      // Helm read repositories.yaml before it asked for the index, and will write back what it read: ours waits for its lock.
      const mine = succeed(t, ours, 'repo add ours {base}/json')
      // Without that it would be done long before this, and Helm would undo it.
      await Promise.race([mine, wait(1000)])
      t.notMatch(read(config), /ours/)
      for (const release of held) release()
      await Promise.all([theirs, mine])
      const names = (await succeed(t, helm, 'repo list')).split('\n').map(line => line.split('\t')[0]?.trim())
      t.strictSame(names.filter(name => name === 'theirs' || name === 'ours').sort(), ['ours', 'theirs'])
    })

    if (major === 4) {
      t.test('the cache of archives is shared', async t => {
        const { helm, ours, web } = await machine(t, program)
        await succeed(t, ours, 'repo add stable {base}')
        const asked = (): number => web.seen.filter(each => each.path.endsWith('.tgz')).length
        t.equal(await succeed(t, ours, 'show all stable/web'), await succeed(t, helm, 'show all stable/web'))
        t.equal(asked(), 1, 'ours fetched it for both')
        t.equal(await succeed(t, helm, 'show all stable/web --version 0.9.0'), await succeed(t, ours, 'show all stable/web --version 0.9.0'))
        t.equal(asked(), 2, 'Helm fetched it for both')
      })
    }
  })
}
