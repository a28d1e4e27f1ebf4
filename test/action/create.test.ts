import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createChart, createFromStarter, type CreateContext } from '../../src/action/create.js'
import { loadDirectory } from '../../src/chart/load-directory.js'

function contextOf (cwd: string, notes: string[] = []): CreateContext {
  return { cwd, clock: () => new Date(0), starters: join(cwd, 'starters'), note: line => { notes.push(line) } }
}

const files = [
  '.helmignore', 'Chart.yaml', 'templates/NOTES.txt', 'templates/_helpers.tpl', 'templates/deployment.yaml', 'templates/hpa.yaml', 'templates/httproute.yaml',
  'templates/ingress.yaml', 'templates/service.yaml', 'templates/serviceaccount.yaml', 'templates/tests/test-connection.yaml', 'values.yaml'
]

t.test('a chart that can be loaded, with the name in all of its files', async t => {
  const folder = t.testdir({ apps: {} })
  const notes: string[] = []
  await createChart(contextOf(folder, notes), 'apps/boat')
  const chart = await loadDirectory(join(folder, 'apps', 'boat'))
  t.match(chart.metadata, { name: 'boat', version: '0.1.0', apiVersion: 'v2', type: 'application', appVersion: '1.28' })
  t.strictSame(chart.raw.map(file => file.name).sort(), files)
  t.strictSame(readdirSync(join(folder, 'apps', 'boat', 'charts')), [])
  for (const { name, data } of chart.raw) t.notMatch(Buffer.from(data).toString(), /<CHARTNAME>|undefined/, name)
  t.match(Buffer.from(chart.templates.find(({ name }) => name === 'templates/_helpers.tpl')?.data ?? []).toString(), /define "boat\.fullname"/)
  t.strictSame(notes, [])
})

t.test('names that YAML would take for something else', async t => {
  const folder = t.testdir()
  for (const name of ['1.0', 'true', 'null', '0x1f', '-a', 'A_b.c-d']) {
    await createChart(contextOf(folder), name)
    t.equal((await loadDirectory(join(folder, name))).metadata.name, name)
  }
})

t.test('files that are there are overwritten if the chart has them, and kept otherwise', async t => {
  const folder = t.testdir({ boat: { 'values.yaml': 'old', 'README.md': 'mine' } })
  const notes: string[] = []
  await createChart(contextOf(folder, notes), `${folder}/boat/`)
  t.strictSame(notes, [`WARNING: File "${folder}/boat/values.yaml" already exists. Overwriting.`])
  t.equal(readFileSync(join(folder, 'boat', 'README.md'), 'utf8'), 'mine')
  t.match(readFileSync(join(folder, 'boat', 'values.yaml'), 'utf8'), /^# Defaults of boat\./)
})

t.test('the folder itself, and the one above, are not filled with a chart', async t => {
  const folder = t.testdir({ inner: {} })
  const context = contextOf(join(folder, 'inner'))
  for (const name of ['.', '..', './', '']) {
    await t.rejects(createChart(context, name), { code: 'invalid-name', message: /^chart name "\.{1,2}" is not allowed$/ }, name)
    await t.rejects(createFromStarter(context, name, 'simple'), { code: 'invalid-name' }, name)
  }
  t.strictSame(readdirSync(folder), ['inner'])
  t.strictSame(readdirSync(join(folder, 'inner')), [])
})

t.test('a starter, by name and by path', async t => {
  const starter = { 'Chart.yaml': 'apiVersion: v2\nname: any\nversion: 9.0.0\n', 'values.yaml': '# <CHARTNAME>\na: <CHARTNAME>\n', templates: { 'a.yaml': 'name: <CHARTNAME> <CHARTNAME>\n' }, 'README.md': '<CHARTNAME>' }
  const folder = t.testdir({ starters: { simple: starter }, elsewhere: structuredClone(starter) })
  for (const [name, from] of [['boat', 'simple'], ['$&', join(folder, 'elsewhere')]] as const) {
    await createFromStarter(contextOf(folder), name, from)
    const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8')
    t.equal(read('templates/a.yaml'), `name: ${name} ${name}\n`)
    t.equal(read('values.yaml'), `# ${name}\na: ${name}\n`)
    t.equal(read('README.md'), '<CHARTNAME>', "a starter's other files stay as they are")
    t.match((await loadDirectory(join(folder, name))).metadata, { name, version: '0.1.0', appVersion: '0.1.0' })
  }
  mkdirSync(join(folder, 'empty'))
  await t.rejects(createFromStarter(contextOf(folder), 'x', join(folder, 'empty')), { code: 'invalid-chart', message: `could not load ${folder}/empty: Chart.yaml file is missing` })
  writeFileSync(join(folder, 'file'), '')
  await t.rejects(createFromStarter(contextOf(folder), 'file', 'simple'), { code: 'write-failed', message: 'file file already exists and is not a directory' })
})
