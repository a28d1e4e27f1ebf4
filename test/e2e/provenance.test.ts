import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openGpg, type Gpg } from './gpg.js'
import { helmEnvironment, peer, runProgram, type Ran } from './run-program.js'
import { program, startServerProcess } from './server-process.js'

// Signatures cross over: what GnuPG's keys sign by one tool, both Helms and portolan verify, and say the same of it.

type Tool = (...args: string[]) => Promise<Ran>

interface Tools {
  readonly portolan: Tool
  readonly helm4: Tool
  readonly helm3: Tool
}

/** Whose keys there are; all can sign and be verified. */
const kinds = ['rsa2048', 'ed25519', 'nistp256', 'nistp384', 'dsa2048']

t.test('signatures cross over', { timeout: 300_000 }, async t => {
  const gpg = await openGpg(end => { t.teardown(end) })
  await makeKeys(gpg)
  const work = join(t.testdir({ work: {} }), 'work')
  await exportKeys(gpg, work)
  const env = { ...helmEnvironment(join(work, '..')), GNUPGHOME: gpg.home }
  const tool = (file: string, ...before: string[]): Tool => (...args) => runProgram(file, [...before, ...args], { cwd: work, env })
  const tools: Tools = { portolan: tool(process.execPath, program), helm4: tool(peer('PORTOLAN_HELM4')), helm3: tool(peer('PORTOLAN_HELM3')) }
  t.equal((await tools.portolan('create', 'boat')).code, 0)

  for (const kind of kinds) await t.test(`${kind}: each tool verifies what each has signed`, t => everyWay(t, tools, `Owner ${kind} <`))
  await t.test('a locked key, its passphrase in a file or on standard input', t => locked(t, tools, { work, env }))
  await t.test('a subkey signs where the primary key may only certify', t => subkey(t, tools))
  await t.test('expired and unknown keys are refused in the same words', t => refused(t, tools))
  await t.test("GnuPG's own keybox, and armored keys", t => otherKeyrings(t, tools))
  await t.test('what was changed is refused by all', t => changed(t, tools, work))
  await t.test('GnuPG itself finds the signature good', async t => {
    t.equal((await tools.portolan('package', 'boat', '--sign', '--key', 'Owner ed25519', '--keyring', 'secret.gpg', '-d', 'gnupg')).code, 0)
    await t.resolves(gpg.run('--verify', join(work, 'gnupg', 'boat-0.1.0.tgz.prov')))
  })
  await t.test('a server hands out signed charts, and each tool verifies what it pulls', t => pulled(t, tools, work))
})

async function makeKeys (gpg: Gpg): Promise<void> {
  for (const kind of kinds) await gpg.makeKey(`Owner ${kind} <${kind}@example.com>`, { kind })
  await gpg.makeKey('Locked <locked@example.com>', { kind: 'rsa2048', passphrase: 'open sesame' })
  await gpg.makeKey('Expired <expired@example.com>', { kind: 'rsa2048', expires: '10d', at: '20200101T000000' })
  await gpg.makeKey('Stranger <stranger@example.com>', { kind: 'ed25519' })
  await gpg.makeKey('Certifier <certifier@example.com>', { kind: 'rsa2048', use: 'cert' })
  const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(await gpg.run('--with-colons', '--list-keys', 'certifier@example.com'))?.[1] ?? ''
  await gpg.run('--passphrase', '', '--quick-add-key', fingerprint, 'rsa2048', 'sign', 'never')
}

async function exportKeys (gpg: Gpg, work: string): Promise<void> {
  const known = [...kinds, 'locked', 'expired', 'certifier'].map(name => `<${name}@example.com>`)
  await gpg.run('--output', join(work, 'public.gpg'), '--export', ...known)
  await gpg.run('--output', join(work, 'public.asc'), '--armor', '--export', ...known)
  await gpg.run('--passphrase', 'open sesame', '--output', join(work, 'secret.gpg'), '--export-secret-keys')
}

/** Who signed, as a tool says it; names in any order. */
async function verified (t: Test, tool: Tool, archive: string, keyring = 'public.gpg'): Promise<string> {
  const { code, stdout, stderr } = await tool('verify', archive, '--keyring', keyring)
  t.equal(code, 0, stderr)
  return stdout
}

async function everyWay (t: Test, { portolan, helm4, helm3 }: Tools, key: string): Promise<void> {
  for (const [title, signer] of [['portolan', portolan], ['Helm 4', helm4], ['Helm 3', helm3]] as const) {
    const signed = await signer('package', 'boat', '--sign', '--key', key, '--keyring', 'secret.gpg', '-d', 'crossing')
    t.equal(signed.code, 0, `${title}: ${signed.stderr}`)
    t.equal(signed.stdout, 'Successfully packaged chart and saved it to: crossing/boat-0.1.0.tgz\n')
    const said = await verified(t, helm4, 'crossing/boat-0.1.0.tgz')
    t.match(said, /^Signed by: Owner \w+ <\w+@example\.com>\nUsing Key With Fingerprint: [0-9A-F]{40}\nChart Hash Verified: sha256:[0-9a-f]{64}\n$/)
    for (const tool of [portolan, helm3]) t.equal(await verified(t, tool, 'crossing/boat-0.1.0.tgz'), said, `signed by ${title}`)
  }
}

async function locked (t: Test, tools: Tools, { work, env }: { readonly work: string, readonly env: Record<string, string> }): Promise<void> {
  await writeFile(join(work, 'passphrase'), 'open sesame\n')
  await writeFile(join(work, 'wrong'), 'close sesame\n')
  const sign = ['package', 'boat', '--sign', '--key', 'Locked', '--keyring', 'secret.gpg', '-d', 'locked', '--passphrase-file']
  for (const tool of [tools.portolan, tools.helm4]) {
    t.match(await tool(...sign, 'wrong'), { code: 1, stderr: 'Error: openpgp: invalid data: private key checksum failure\n' })
    t.equal((await tool(...sign, 'passphrase')).code, 0)
    for (const other of Object.values<Tool>({ ...tools })) t.match(await verified(t, other, 'locked/boat-0.1.0.tgz'), /^Signed by: Locked </)
  }
  await rm(join(work, 'locked'), { recursive: true })
  const piped = await runProgram('sh', ['-c', 'printf "open sesame\\nmore\\n" | "$0" "$@"', process.execPath, program, ...sign, '-'], { cwd: work, env })
  t.equal(piped.code, 0, piped.stderr)
  t.match(await verified(t, tools.helm3, 'locked/boat-0.1.0.tgz'), /^Signed by: Locked </)
}

async function subkey (t: Test, { portolan, helm4, helm3 }: Tools): Promise<void> {
  const sign = ['package', 'boat', '--sign', '--key', 'Certifier', '--keyring', 'secret.gpg', '-d', 'subkey']
  t.equal((await helm4(...sign)).code, 0)
  for (const tool of [portolan, helm4, helm3]) {
    t.match(await tool('verify', 'subkey/boat-0.1.0.tgz', '--keyring', 'public.gpg'), { code: 1, stderr: 'Error: openpgp: signature made by unknown entity\n' }, 'Helm signs with the primary key, which nobody accepts')
  }
  t.equal((await portolan(...sign)).code, 0)
  for (const tool of [portolan, helm4, helm3]) t.match(await verified(t, tool, 'subkey/boat-0.1.0.tgz'), /^Signed by: Certifier </)
}

async function refused (t: Test, { portolan, helm4, helm3 }: Tools): Promise<void> {
  for (const [key, message] of [['Expired', 'openpgp: key expired'], ['Stranger', 'openpgp: signature made by unknown entity']] as const) {
    for (const signer of [portolan, helm4]) {
      t.equal((await signer('package', 'boat', '--sign', '--key', key, '--keyring', 'secret.gpg', '-d', 'refused')).code, 0)
      for (const tool of [portolan, helm4, helm3]) t.match(await tool('verify', 'refused/boat-0.1.0.tgz', '--keyring', 'public.gpg'), { code: 1, stdout: '', stderr: `Error: ${message}\n` })
    }
  }
}

async function otherKeyrings (t: Test, { portolan, helm4 }: Tools): Promise<void> {
  t.equal((await portolan('package', 'boat', '--sign', '--key', 'Owner rsa2048', '--keyring', 'secret.gpg', '-d', 'rings')).code, 0)
  t.equal(await verified(t, portolan, 'rings/boat-0.1.0.tgz', 'public.asc'), await verified(t, helm4, 'rings/boat-0.1.0.tgz', 'public.asc'))
  const [ours, theirs] = await Promise.all([portolan('verify', 'rings/boat-0.1.0.tgz'), helm4('verify', 'rings/boat-0.1.0.tgz')])
  t.match(theirs, { code: 0, stdout: /^Signed by: Owner rsa2048 </ }, 'the keybox that GnuPG 2.1 and later keep')
  t.strictSame(ours, theirs)
}

async function changed (t: Test, { portolan, helm4, helm3 }: Tools, work: string): Promise<void> {
  t.equal((await helm4('package', 'boat', '--sign', '--key', 'Owner ed25519', '--keyring', 'secret.gpg', '-d', 'changed')).code, 0)
  const archive = join(work, 'changed', 'boat-0.1.0.tgz')
  const provenance = await readFile(`${archive}.prov`, 'utf8')
  await copyFile(archive, join(work, 'changed', 'ship-0.1.0.tgz'))
  await writeFile(join(work, 'changed', 'ship-0.1.0.tgz.prov'), provenance)
  const say = async (file: string): Promise<void> => {
    const [theirs, old, ours] = await Promise.all([helm4, helm3, portolan].map(tool => tool('verify', `changed/${file}`, '--keyring', 'public.gpg')))
    t.equal(theirs?.code, 1, file)
    t.equal(old?.code, 1, file)
    t.strictSame(ours, theirs)
  }
  await say('ship-0.1.0.tgz')
  await writeFile(`${archive}.prov`, provenance.replace('name: boat', 'name: ship'))
  await say('boat-0.1.0.tgz')
  await writeFile(`${archive}.prov`, provenance.replace(/-----BEGIN PGP SIGNATURE[^]*/, ''))
  await say('boat-0.1.0.tgz')
  await writeFile(`${archive}.prov`, provenance)
  await writeFile(archive, 'another')
  await say('boat-0.1.0.tgz')
  await rm(`${archive}.prov`)
  await say('boat-0.1.0.tgz')
  await mkdir(join(work, 'changed', 'folder.tgz'))
  await say('folder.tgz')
  await say('nowhere.tgz')
}

async function pulled (t: Test, { portolan, helm4, helm3 }: Tools, work: string): Promise<void> {
  const server = await startServerProcess({ directory: join(work, '..') })
  t.teardown(() => server.stop())
  t.equal((await portolan('package', 'boat', '--sign', '--key', 'Owner rsa2048', '--keyring', 'secret.gpg', '-d', 'published')).code, 0)
  t.equal((await portolan('package', 'boat', '--version', '0.2.0', '-d', 'published')).code, 0)
  for (const [file, path] of [['boat-0.1.0.tgz', 'charts'], ['boat-0.1.0.tgz.prov', 'prov'], ['boat-0.2.0.tgz', 'charts']] as const) {
    const posted = await runProgram('curl', ['-sS', '--data-binary', `@published/${file}`, `${server.url}/api/${path}`], { cwd: work })
    t.equal(posted.stdout, '{"saved":true}')
  }
  t.equal((await portolan('repo', 'add', 'mine', server.url)).code, 0)
  const flags = ['--verify', '--keyring', 'public.gpg']
  const said = await helm4('pull', 'mine/boat', '--version', '0.1.0', '-d', '.', ...flags)
  t.equal(said.code, 0, said.stderr)
  t.equal((await helm3('pull', 'mine/boat', '--version', '0.1.0', '-d', '.', ...flags)).code, 0)
  await rm(join(work, 'boat-0.1.0.tgz'))
  await rm(join(work, 'boat-0.1.0.tgz.prov'))
  t.strictSame(await portolan('pull', 'mine/boat', '--version', '0.1.0', ...flags), said)
  t.equal(await readFile(join(work, 'boat-0.1.0.tgz.prov'), 'utf8'), await readFile(join(work, 'published', 'boat-0.1.0.tgz.prov'), 'utf8'))
  for (const command of [['template', 'rel', 'mine/boat'], ['show', 'chart', 'mine/boat'], ['template', 'rel', './boat-0.1.0.tgz'], ['show', 'values', 'boat-0.1.0.tgz']]) {
    const [ours, theirs] = await Promise.all([portolan, helm4].map(tool => tool(...command, '--version', '0.1.0', ...flags)))
    t.equal(theirs?.code, 0, theirs?.stderr ?? 'no answer')
    t.strictSame(ours, theirs, command.join(' '))
  }
  for (const command of [['pull', 'mine/boat'], ['template', 'rel', 'mine/boat'], ['show', 'chart', 'mine/boat'], ['template', 'rel', 'boat']]) {
    const [ours, theirs] = await Promise.all([portolan, helm4].map(tool => tool(...command, ...flags)))
    t.match(theirs, { code: 1, stderr: command.includes('boat') ? 'Error: unpacked charts cannot be verified\n' : /^Error: failed to fetch provenance ".*\/boat-0\.2\.0\.tgz\.prov"\n$/ })
    t.strictSame(ours, theirs, command.join(' '))
  }
}
