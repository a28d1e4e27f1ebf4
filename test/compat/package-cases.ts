import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { testKey } from '../helpers/test-keys.js'
import type { Call, FolderStep } from './folder-session.js'

/** Steps one after the other in a folder of their own. */
export interface FolderSession {
  readonly name: string
  readonly steps: readonly FolderStep[]
}

const call = (line: string, rest: Omit<Call, 'args'> = {}): Call => ({ args: line.split(' ').filter(word => word !== ''), ...rest })
const sign = (line: string, rest: Omit<Call, 'args'> = {}): Call => call(`package --sign --keyring keys/secret.gpg ${line}`, rest)
const verify = (line: string, rest: Omit<Call, 'args'> = {}): Call => call(`verify ${line}`, rest)
const copy = (from: string, to: string): FolderStep => ({ copy: from, to })

/** Everything of package, verify and create that is compared with Helm. */
export const folderSessions: readonly FolderSession[] = [
  {
    name: 'package',
    steps: [
      call('package'),
      call('package web'),
      call('package ./web/ --version 2.0.0-rc.1+build.5 --app-version v9 -d out/new'),
      call('package web lib needs -d out'),
      call('package web -d {home}/work/absolute'),
      call('package nope'),
      call('package nope/ ./nope'),
      call('package web --version x.y'),
      call('package web --version 1.x'),
      call('package web --version 01.2'),
      call('package broken-yaml'),
      call('package no-name'),
      call('package no-chart'),
      call('package bad-version'),
      call('package bad-schema'),
      call('package needs -d out'),
      call('package notes.txt'),
      call('package web-1.2.3.tgz'),
      call('package web -d notes.txt'),
      call('package web -d notes.txt/below'),
      call('package web -d stamped', { env: { SOURCE_DATE_EPOCH: '1700000000' } }),
      call('package old -d stamped', { env: { SOURCE_DATE_EPOCH: '1700000000' } }),
      call('package web', { env: { SOURCE_DATE_EPOCH: 'soon' } }),
      call('package web', { env: { SOURCE_DATE_EPOCH: '-1' } }),
      call('package web', { env: { SOURCE_DATE_EPOCH: '99999999999999999999' } }),
      call('package web --nope')
    ]
  },
  {
    name: 'package and sign',
    steps: [
      call('package --sign web'),
      call('package --sign web --key Alpha'),
      call('package --sign web --key Alpha --keyring'),
      { args: ['package', '--sign', 'web', '--key', 'Alpha', '--keyring', ''] },
      call('package --sign web --key Alpha --keyring nope.gpg'),
      call('package --sign web --key Alpha --keyring keys'),
      call('package --sign web --key Alpha --keyring notes.txt'),
      call('package --sign web --key Alpha --keyring keys/empty.gpg'),
      call('package --sign web --key Alpha --keyring keys/truncated.gpg'),
      call('package --sign web --key Alpha --keyring keys/public.gpg'),
      call('package --sign web --key Alpha --keyring keys/secret.asc -d armored'),
      sign('web --key nobody'),
      sign('web --key example.com'),
      sign('web --key Alpha -d out'),
      sign('old --key Beta -d out'),
      sign('web lib --key Locked --passphrase-file passphrase -d locked'),
      sign('web --key Locked --passphrase-file notes.txt'),
      sign('web --key Locked --passphrase-file nope'),
      sign('web --key Locked --passphrase-file keys/empty.gpg'),
      sign('web --key Expired -d expired', { deviates: 'ours says that the signature will be refused' }),
      { args: ['package', '--sign', 'web', '--key', 'Gamma <gamma@example.com>', '--keyring', 'keys/secret.gpg', '-d', 'gamma'] },
      sign('web --key Gamma -d gammas', { deviates: 'two names of one key are no two keys' }),
      sign('needs --key Alpha')
    ]
  },
  {
    name: 'verify',
    steps: [
      sign('web --key Alpha'),
      sign('old --key Beta'),
      sign('lib --key <gamma@'),
      call('verify'),
      call('verify a b'),
      verify('web-1.2.3.tgz --keyring keys/public.gpg'),
      verify('./web-1.2.3.tgz --keyring keys/public.asc'),
      verify('{home}/work/old-0.1.0.tgz --keyring {home}/work/keys/public.gpg'),
      verify('old-0.1.0.tgz --keyring keys/secret.gpg'),
      verify('lib-1.0.0.tgz --keyring keys/public.gpg'),
      verify('web-1.2.3.tgz'),
      verify('web-1.2.3.tgz --keyring nope.gpg'),
      verify('web-1.2.3.tgz --keyring keys'),
      verify('web-1.2.3.tgz --keyring notes.txt'),
      verify('web-1.2.3.tgz --keyring keys/empty.gpg'),
      verify('web-1.2.3.tgz --keyring keys/truncated.gpg'),
      verify('web-1.2.3.tgz --keyring keys/other.gpg'),
      verify('web-1.2.3.tgz --keyring keys/empty.asc'),
      verify('web-1.2.3.tgz --keyring keys/message.asc'),
      verify('web'),
      verify('nope.tgz'),
      verify('notes.txt'),
      copy('web-1.2.3.tgz', 'alone-1.2.3.tgz'),
      verify('alone-1.2.3.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz', 'renamed.tgz'),
      copy('web-1.2.3.tgz.prov', 'renamed.tgz.prov'),
      verify('renamed.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz', 'web.TGZ'),
      copy('web-1.2.3.tgz.prov', 'web.TGZ.prov'),
      verify('web.TGZ --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz', 'altered/web-1.2.3.tgz'),
      copy('web-1.2.3.tgz.prov', 'altered/web-1.2.3.tgz.prov'),
      { edit: 'altered/web-1.2.3.tgz', from: 'Helm', to: 'Hell' },
      verify('altered/web-1.2.3.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz', 'text/web-1.2.3.tgz'),
      copy('web-1.2.3.tgz.prov', 'text/web-1.2.3.tgz.prov'),
      { edit: 'text/web-1.2.3.tgz.prov', from: 'name: web', to: 'name: wet' },
      verify('text/web-1.2.3.tgz --keyring keys/public.gpg'),
      { edit: 'text/web-1.2.3.tgz.prov', from: 'name: wet', to: 'name: web \t ' },
      verify('text/web-1.2.3.tgz --keyring keys/public.gpg'),
      { edit: 'text/web-1.2.3.tgz.prov', from: 'Hash: SHA512', to: 'Hash: SHA256' },
      verify('text/web-1.2.3.tgz --keyring keys/public.gpg'),
      { edit: 'text/web-1.2.3.tgz.prov', from: 'Hash: SHA256', to: 'Comment: none' },
      verify('text/web-1.2.3.tgz --keyring keys/public.gpg'),
      copy('old-0.1.0.tgz', 'ed/old-0.1.0.tgz'),
      copy('old-0.1.0.tgz.prov', 'ed/old-0.1.0.tgz.prov'),
      { edit: 'ed/old-0.1.0.tgz.prov', from: 'name: old', to: 'name: odd' },
      verify('ed/old-0.1.0.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz', 'swapped/web-1.2.3.tgz'),
      copy('old-0.1.0.tgz.prov', 'swapped/web-1.2.3.tgz.prov'),
      verify('swapped/web-1.2.3.tgz --keyring keys/public.gpg'),
      copy('notes.txt', 'swapped/web-1.2.3.tgz.prov'),
      verify('swapped/web-1.2.3.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz.prov', 'swapped/web-1.2.3.tgz.prov'),
      { edit: 'swapped/web-1.2.3.tgz.prov', from: '-----END PGP SIGNATURE-----', to: '-----END' },
      verify('swapped/web-1.2.3.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz.prov', 'swapped/web-1.2.3.tgz.prov'),
      { edit: 'swapped/web-1.2.3.tgz.prov', from: '-----BEGIN PGP SIGNATURE-----\n\nw', to: '-----BEGIN PGP SIGNATURE-----\n\nA' },
      verify('swapped/web-1.2.3.tgz --keyring keys/public.gpg'),
      copy('web-1.2.3.tgz.prov', 'swapped/web-1.2.3.tgz.prov'),
      { edit: 'swapped/web-1.2.3.tgz.prov', from: '-----BEGIN PGP SIGNED', to: 'A message\n-----BEGIN PGP SIGNED' },
      verify('swapped/web-1.2.3.tgz --keyring keys/public.gpg'),
      sign('web --key Expired -d expired', { deviates: 'ours says that the signature will be refused' }),
      verify('expired/web-1.2.3.tgz --keyring keys/public.gpg'),
      sign('web --key Revoked -d revoked', { deviates: 'ours says that the signature will be refused' }),
      verify('revoked/web-1.2.3.tgz --keyring keys/public.gpg')
    ]
  },
  {
    name: 'create',
    steps: [
      call('create'),
      call('create a b'),
      call('create nope/boat'),
      { args: ['create', 'a b'] },
      call('create a+b'),
      call('create notes.txt'),
      call('create notes.txt/boat'),
      call('create /'),
      call(`create ${'a'.repeat(251)}`),
      call('create boat --chart-api-version v9', { deviates: 'v3 is not supported, not even as an experiment' }),
      call('create boat --starter nope'),
      call('create boat --starter {home}/work/no-chart'),
      call('create notes.txt --starter simple'),
      call('create harbour/boat --starter simple'),
      call('create cutter -p {home}/work/web')
    ]
  }
]

const charts: Readonly<Record<string, string>> = {
  'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.2.3\nappVersion: "1.16"\ndescription: Serves pages\nkeywords: [http, -x-]\nmaintainers:\n- name: Team A\n  email: team-a@example.com\nannotations:\n  note: "- a\\n-----BEGIN\\n"\n',
  'web/values.yaml': '# Values\na: 1\n',
  'web/values.schema.json': '{"type": "object"}\n',
  'web/templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\n',
  'web/templates/_defs.tpl': '{{ define "a" }}a{{ end }}\n',
  'web/templates/NOTES.txt': 'Hello\n',
  'web/crds/a.yaml': 'kind: A\n',
  'web/README.md': '# Web\n',
  'web/.helmignore': 'ignored/\n*.bak\n',
  'web/ignored/x': 'x\n',
  'web/a.bak': 'x\n',
  'web/files/grün.txt': 'grün\n',
  'web/charts/base/Chart.yaml': 'apiVersion: v2\nname: base\nversion: 0.1.0\n',
  'web/charts/base/templates/b.yaml': 'kind: B\n',
  'old/Chart.yaml': 'apiVersion: v1\nname: old\nversion: 0.1.0\ndescription: Of the first kind\n',
  'old/requirements.yaml': 'dependencies:\n- name: base\n  version: 0.1.0\n  repository: https://example.com\n',
  'old/requirements.lock': 'dependencies:\n- name: base\n  version: 0.1.0\n  repository: https://example.com\ndigest: sha256:0\ngenerated: "2024-01-02T03:04:05Z"\n',
  'old/charts/base/Chart.yaml': 'apiVersion: v1\nname: base\nversion: 0.1.0\n',
  'lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n',
  'needs/Chart.yaml': 'apiVersion: v2\nname: needs\nversion: 1.0.0\ndependencies:\n- name: one\n  version: 1.0.0\n  repository: https://example.com\n- name: two\n  version: 1.0.0\n  repository: https://example.com\n',
  'broken-yaml/Chart.yaml': 'name: [\n',
  'no-name/Chart.yaml': 'apiVersion: v2\nversion: 1.0.0\n',
  'no-chart/values.yaml': 'a: 1\n',
  'bad-version/Chart.yaml': 'apiVersion: v2\nname: bad\nversion: one\n',
  'bad-schema/Chart.yaml': 'apiVersion: v2\nname: bad\nversion: 1.0.0\n',
  'bad-schema/values.schema.json': '{',
  'harbour/keep.txt': 'kept\n',
  'notes.txt': 'just notes\n',
  passphrase: 'open sesame\r\nand more\n'
}

const starter: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: starter\nversion: 9.9.9\ndescription: Gone\ndependencies:\n- name: base\n  version: 0.1.0\n  repository: https://example.com\n',
  'values.yaml': '# Of <CHARTNAME>\nname: <CHARTNAME>\n',
  'values.schema.json': '{"title": "<CHARTNAME>"}\n',
  'templates/map.yaml': 'kind: ConfigMap\nmetadata: {name: <CHARTNAME>, of: "<CHARTNAME>"}\n',
  'templates/tests/a.yaml': '{{ include "<CHARTNAME>.a" . }}\n',
  'README.md': '# <CHARTNAME>\n',
  '.helmignore': '*.bak\n',
  'x.bak': 'x\n',
  'charts/base/Chart.yaml': 'apiVersion: v2\nname: base\nversion: 0.1.0\n'
}

/** When every prepared file was last changed: archives carry it. */
const modified = new Date('2024-02-03T04:05:06Z')

/**
 * Fills a folder with charts, starters and newly made keys.
 *
 * @param home an empty folder
 */
export async function prepareFolder (home: string): Promise<void> {
  write(join(home, 'work'), charts)
  write(join(home, '.local', 'share', 'helm', 'starters', 'simple'), starter)
  const [alpha, beta, gamma, locked, expired, revoked, other] = await Promise.all([
    testKey({ names: ['Alpha'], type: 'rsa' }),
    testKey({ names: ['Beta'] }),
    testKey({ names: ['Gamma', 'Gamma Ray'] }),
    testKey({ names: ['Locked'], passphrase: 'open sesame' }),
    testKey({ names: ['Expired'], lifetime: 3600 }),
    testKey({ names: ['Revoked'], revoked: true }),
    testKey({ names: ['Other'] })
  ])
  const keys = [alpha, beta, gamma, locked, expired, revoked]
  const publicRing = Buffer.concat(keys.map(key => key.public))
  write(join(home, 'work', 'keys'), {
    'public.gpg': publicRing,
    'secret.gpg': Buffer.concat(keys.map(key => key.secret)),
    'public.asc': keys.map(key => key.armoredPublic).join('\n'),
    'secret.asc': keys.map(key => key.armoredSecret).join('\n'),
    'other.gpg': other.public,
    'empty.gpg': '',
    'truncated.gpg': publicRing.subarray(0, publicRing.length - 10),
    'empty.asc': '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n',
    'message.asc': '-----BEGIN PGP MESSAGE-----\n\nyzU=\n-----END PGP MESSAGE-----\n'
  })
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) utimesSync(join(entry.parentPath, entry.name), modified, modified)
}

function write (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
}
