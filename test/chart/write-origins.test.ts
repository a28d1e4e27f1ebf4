import t from 'tap'
import type { Chart } from '../../src/chart/chart.js'
import { loadFiles } from '../../src/chart/load-files.js'
import { loadValues, type ValueOptions } from '../../src/chart/load-values.js'
import { processDependencies } from '../../src/chart/process-dependencies.js'
import { markOrigins, traceValues, withoutOrigins } from '../../src/chart/value-origins.js'
import { coalesceValues } from '../../src/chart/values.js'
import { writeOrigins } from '../../src/chart/write-origins.js'
import { encode } from '../../src/go/bytes.js'
import type { Dict } from '../../src/go/value.js'
import { marshalYaml, unmarshalYaml } from '../../src/go/yaml.js'

const files = {
  'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.0.0, alias: store, import-values: [data, {child: ports, parent: ports}]}\n- {name: cache, version: 1.0.0, condition: cache.enabled}\n- {name: spare, version: 1.0.0, condition: nope.spare}\n',
  'values.yaml': 'image: {repository: web, tag: "1"}\nstore: {size: 5}\nglobal: {domain: example.com, deep: {a: 1}}\ncache: {enabled: true}\nnope: {spare: false}\ngone: 1\nlist: [a, {b: c}, [d]]\nempty: {}\n',
  'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  'charts/db/values.yaml': 'size: 1\nname: pg\nports: {sql: 5432}\nexports: {data: {imported: true}}\nglobal: {region: eu}\n',
  'charts/db/charts/disk/Chart.yaml': 'apiVersion: v2\nname: disk\nversion: 1.0.0\n',
  'charts/db/charts/disk/values.yaml': 'kind: ssd\nspeed: 1\n',
  'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
  'charts/cache/values.yaml': 'ttl: 1\nenabled: false\n',
  'charts/spare/Chart.yaml': 'apiVersion: v2\nname: spare\nversion: 1.0.0\n',
  'charts/spare/values.yaml': 'never: seen\n'
}

const chartOf = (more: Readonly<Record<string, string>> = {}): Chart => loadFiles(Object.entries({ ...files, ...more }).map(([name, text]) => ({ name, data: encode(text) })))

/** The text for some flags, and the values as they are rendered with. */
async function shown (chart: Chart, options: ValueOptions = {}, texts: Readonly<Record<string, string>> = {}): Promise<{ text: string, values: Dict }> {
  const read = async (path: string): Promise<string> => texts[path] ?? ''
  const marked = await loadValues(options, read, (values, text) => markOrigins(values, { text }))
  const plain = await loadValues(options, read)
  t.equal(marshalYaml(withoutOrigins(marked)), marshalYaml(plain), 'marks change nothing')
  return { text: writeOrigins(traceValues(chart, marked)), values: coalesceValues(processDependencies(chart, plain), plain) }
}

t.test('each value with where it comes from', async t => {
  const { text } = await shown(chartOf(), { values: ['prod.yaml'], set: ['image.pull=true,list[1].b=x', 'gone=null'], setString: ['n=1'], setJson: ['{"j": [1]}'], setLiteral: ['l=a,b'], setFile: ['f=some.txt'] }, {
    'prod.yaml': 'image: {tag: "2"}\nstore: {disk: {kind: nvme}}\nlist: [a, {b: c}]\n', 'some.txt': 'one\ntwo\n'
  })
  t.equal(text, `cache:
  enabled: true  # web/values.yaml (parent chart)
  global:
    deep:
      a: 1  # web/values.yaml (global)
    domain: example.com  # web/values.yaml (global)
  ttl: 1  # web/charts/cache/values.yaml
empty: {}
f: |  # --set-file f=some.txt
  one
  two
global:
  deep:
    a: 1  # web/values.yaml
  domain: example.com  # web/values.yaml
image:
  pull: true  # --set image.pull=true,list[1].b=x
  repository: web  # web/values.yaml
  tag: "2"  # -f prod.yaml
imported: true  # web/charts/store/values.yaml (import-values)
j:
- 1  # --set-json {"j": [1]}
l: a,b  # --set-literal l=a,b
list:
- a  # -f prod.yaml
- b: x  # --set image.pull=true,list[1].b=x
"n": "1"  # --set-string n=1
nope:
  spare: false  # web/values.yaml
ports:
  sql: 5432  # web/charts/store/values.yaml (import-values)
store:
  disk:
    global:
      deep:
        a: 1  # web/values.yaml (global)
      domain: example.com  # web/values.yaml (global)
      region: eu  # web/charts/store/values.yaml (global)
    kind: nvme  # -f prod.yaml
    speed: 1  # web/charts/store/charts/disk/values.yaml
  exports:
    data:
      imported: true  # web/charts/store/values.yaml
  global:
    deep:
      a: 1  # web/values.yaml (global)
    domain: example.com  # web/values.yaml (global)
    region: eu  # web/charts/store/values.yaml
  name: pg  # web/charts/store/values.yaml
  ports:
    sql: 5432  # web/charts/store/values.yaml
  size: 5  # web/values.yaml (parent chart)
`)
})

t.test('read as YAML, it is what templates see, whatever the values', async t => {
  const hard = [
    'block: |\n  - |\n  # no comment\n', 'folded: >-\n  some\n  words\n', `long: ${'words - | '.repeat(30)}end\n`, `quoted: "${'a: | '.repeat(40)}\\u0007"\n`, `"${'k'.repeat(200)}": |\n  a\n  b\n`, `"${'m'.repeat(200)}": {a: 1, b: [1, [2]]}\n`,
    'hash: "a # b"\n', 'empty: ""\n', 'trailing: "x\\n\\n"\n', 'nested: [[[a, [b]]], {a: [{b: {c: "x\\ny\\n"}}]}]\n', 'lists: [[], {}, null, "", "|"]\n', '"": 1\n', '"- a": "- b"\n', 'yes: "no"\n', 'big: 12345678901234567890\n', 'ratio: 1e-7\n', 'keep: |+\n  a\n\n'
  ]
  for (const yaml of hard) {
    const { text, values } = await shown(chartOf({ 'values.yaml': yaml }))
    t.equal(marshalYaml(unmarshalYaml(text)), marshalYaml(unmarshalYaml(marshalYaml(values))), yaml.slice(0, 40))
  }
})

t.test('no values at all; an origin of many lines; values that do not fit', async t => {
  const bare = loadFiles([{ name: 'Chart.yaml', data: encode('apiVersion: v2\nname: bare\nversion: 1.0.0\n') }])
  t.equal((await shown(bare)).text, '{}\n')
  t.equal((await shown(bare, { setJson: ['{"a":\n 1}'] })).text, 'a: 1  # --set-json {"a": 1}\n')
  t.match((await shown(bare, { setLiteral: [`a=${'x'.repeat(500)}`] })).text, /x…\n$/)
  t.throws(() => traceValues(chartOf(), markOrigins(new Map([['store', 'text']]), { text: '--set store=text' })), { code: 'invalid-values', message: 'type mismatch on store: %!t(string=text)' })
})
