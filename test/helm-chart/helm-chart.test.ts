import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import type { Definition, SettingType } from '../../src/config/definitions.js'
import { definitions } from '../../src/config/definitions.js'
import { repositoryRoot } from '../cluster/repository-root.js'
import { complaintsAbout, isObject } from './schema-check.js'
import type { Schema } from './schema-check.js'

const root = repositoryRoot(import.meta.dirname)
const read = (...path: string[]): string => readFileSync(join(root, 'helm-chart', ...path), 'utf8')
const values: unknown = parse(read('values.yaml'))
const schema = JSON.parse(read('values.schema.json')) as Schema
const ciFiles = readdirSync(join(root, 'helm-chart', 'ci'))

/** Settings that the chart's own arguments give: they must agree with its ports and volumes, so nobody else may set them. */
const reserved = ['port', 'storage.backend', 'storage.local.rootdir', 'database', 'tls.cert', 'tls.key', 'tls.cacert']

/** Settings that are secrets: a ConfigMap is no place for them. */
const secret = ['basicauth.pass']

const settings = new Map(Object.values<Definition>(definitions).flatMap(definition => definition.file === undefined ? [] : [[definition.file, definition]]))

/** The JSON type of a setting in the configuration file. */
const types: Readonly<Record<SettingType, string>> = { string: 'string', bool: 'boolean', int: 'integer', count: 'integer', port: 'integer', bytes: 'integer', seconds: 'integer', duration: 'string', pairs: 'object' }

t.test('the default values meet the schema', async t => {
  t.strictSame(complaintsAbout(values, schema), [])
})

t.test('the values for CI meet the schema, and say why they are there', async t => {
  t.ok(ciFiles.length >= 4)
  for (const file of ciFiles) {
    t.match(file, /-values\.yaml$/, 'chart-testing finds it by its name')
    t.match(read('ci', file), /^# /, file)
    t.strictSame(complaintsAbout(parse(read('ci', file)), schema), [], file)
  }
})

t.test('the schema refuses what would fail later', async t => {
  const wrong: Array<[unknown, string]> = [
    [{ config: { allowoverwrit: true } }, 'config.allowoverwrit is not known'],
    [{ config: { allowoverwrite: 'yes' } }, 'config.allowoverwrite is not of type boolean'],
    [{ config: { port: 9000 } }, 'config.port is not known'],
    [{ config: { basicauth: { pass: 'secret' } } }, 'config.basicauth.pass is not known'],
    [{ secretMounts: { '../etc': 'x' } }, 'secretMounts has a wrong name: ../etc'],
    [{ replicaCount: 2 }, 'replicaCount is not known'],
    [{ service: { port: 70_000 } }, 'service.port is above 65535'],
    [{ service: { type: 'ExternalName' } }, 'service.type is none of ClusterIP, NodePort, LoadBalancer'],
    [{ image: { repository: '' } }, 'image.repository is too short'],
    [{ image: { tag: '1' } }, 'image.repository is missing'],
    [{ ingress: { hosts: [] } }, 'ingress.hosts is too short'],
    [{ credentials: { 'a b': 'x' } }, 'credentials has a wrong name: a b']
  ]
  for (const [given, complaint] of wrong) t.strictSame(complaintsAbout(given, schema), [complaint])
})

t.test('the settings that may be given are those of the server', async t => {
  const offered = new Map(leaves(schema.properties?.['config'] ?? {}, ''))
  t.strictSame([...offered.keys()].sort(), [...settings.keys()].filter(key => !reserved.includes(key) && !secret.includes(key)).sort())
  for (const [key, type] of offered) t.equal(type, types[settings.get(key)?.type ?? 'string'], key)
  for (const key of reserved) t.ok(settings.has(key), `${key} is a setting`)
})

t.test('the flags of the deployment are those of the server', async t => {
  const flags = [...read('templates', 'deployment.yaml').matchAll(/^ +- --([a-z-]+)=/gm)].map(match => match[1])
  const known = Object.values<Definition>(definitions)
  t.strictSame(flags.filter(flag => !known.some(definition => definition.flag === flag)), [])
  t.strictSame(known.filter(({ file = '' }) => reserved.includes(file)).map(({ flag }) => flag).filter(flag => !flags.includes(flag)), [])
})

t.test('the chart is of the version of the program', async t => {
  const packageJson: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  t.match(packageJson, { version: (parse(read('Chart.yaml')) as { appVersion: string }).appVersion })
})

t.test('the README has every value, and its default', async t => {
  const rows = new Map([...read('README.md').matchAll(/^\| `([^`]+)` \| (.*?) \|/gm)].map(match => [match[1] ?? '', match[2] ?? '']))
  for (const [key, value] of valueLeaves(values, '')) {
    const row = rows.get(key) ?? rows.get(key.split('.')[0] ?? '')
    t.not(row, undefined, key)
    const shown = typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
    if (rows.has(key)) t.equal(row, `\`${shown}\``, key)
  }
  const known = new Set(valueLeaves(values, '').flatMap(([key]) => [key, key.split('.')[0]]))
  t.strictSame([...rows.keys()].filter(key => !known.has(key)), [], 'and none that is not there')
})

/** The keys of a schema's properties that are no objects themselves, joined by dots, with their types. */
function leaves (node: Schema, prefix: string): Array<[string, string]> {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]): Array<[string, string]> =>
    child.properties === undefined ? [[prefix + name, child.type ?? '']] : leaves(child, `${prefix}${name}.`))
}

/** The keys of values that are no filled objects, joined by dots. */
function valueLeaves (node: unknown, prefix: string): Array<[string, unknown]> {
  if (!isObject(node) || Object.keys(node).length === 0) return [[prefix.slice(0, -1), node]]
  return Object.entries(node).flatMap(([name, child]) => valueLeaves(child, `${prefix}${name}.`))
}
