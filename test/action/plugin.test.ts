import t from 'tap'
import { findPlugin, parsePlugin } from '../../src/action/plugin.js'

const yaml = 'apiVersion: v1\nname: same\nversion: 1.0.0\ntype: postrenderer/v1\nruntime: subprocess\nconfig: {}\nruntimeConfig:\n  platformCommand:\n  - {os: linux, arch: amd64, command: "cat -u", args: [a, 1]}\n'
const wanted = { name: 'same', type: 'postrenderer/v1' }

t.test('plugin.yaml', async t => {
  t.strictSame(parsePlugin(yaml, '/p'), { name: 'same', type: 'postrenderer/v1', folder: '/p', commands: [{ os: 'linux', arch: 'amd64', command: 'cat -u', args: ['a', '1'] }] })
  t.equal(parsePlugin('name: old\ncommand: cat\n', '/p'), undefined)
  const broken: ReadonlyArray<readonly [from: string, to: string, message: string | RegExp]> = [
    ['v1', 'v2', 'invalid plugin apiVersion: "v2"'], ['name: same', 'name: a b', 'invalid plugin `name`'], ['version: 1.0.0\n', '', 'plugin `version` is required'], ['1.0.0', '"1.0"', 'invalid plugin `version` "1.0": must be valid semver'],
    ['type: postrenderer/v1\n', '', '`type` missing'], ['runtime: subprocess\n', '', '`runtime` missing'], ['subprocess', 'perl', 'failed to convert MetadataV1 to Metadata: unsupported plugin runtime type: "perl"'],
    ['subprocess', 'extism/v1', /runs in WebAssembly \(extism\/v1\), which is not supported yet$/], ['config: {}', 'nope: 1', 'field nope not found in type plugin.MetadataV1'], [yaml, '- a', 'plugin.yaml holds no map'], [yaml, 'a: [', /^failed to peek plugin\.yaml API version: yaml: /]
  ]
  for (const [from, to, message] of broken) t.throws(() => parsePlugin(yaml.replace(from, () => to), '/p'), { code: 'invalid-option', message }, to)
})

t.test('is found by name and type; what cannot be read is told', async t => {
  const logged: string[] = []
  const log = (level: string, message: string, facts: Readonly<Record<string, string>> = {}): void => { logged.push(`${level} ${message} ${facts['error'] ?? ''}`) }
  const folder = t.testdir({ one: { 'plugin.yaml': 'a: [' }, two: { 'plugin.yaml': yaml }, 'a file': '', three: {} })
  t.match(await findPlugin([`${folder}/none`, folder], wanted, log), { folder: `${folder}/two` })
  t.match(logged, [/^WARN failed to load plugin \(ignoring\) failed to load plugin ".*one": failed to peek/])
  await t.rejects(findPlugin([folder], { ...wanted, type: 'cli/v1' }, log), { code: 'not-found', message: 'plugin: {Name:same Type:cli/v1} not found' })
})
