import t from 'tap'
import { explain, inSteadyZone } from './explain.js'
import type { Answer } from './ours.js'

function printed (text: string): Answer {
  return { code: 0, stdout: `c0: ${Buffer.from(text).toString('base64')}\n`, stderr: '' }
}

function reason (ours: string, theirs: string): string | undefined {
  return explain(printed(ours), printed(theirs))
}

const addresses = 'addresses, which are others in each run of Helm'

t.test('addresses may be others', async t => {
  t.equal(reason('map[a:0xc000000000 b:1]', 'map[a:0x2e2f082c40b0 b:1]'), addresses)
  t.equal(reason('{0 1 824633720832}', '{0 1 90255008}'), addresses)
  t.equal(reason('{0 14000000000000}', '{0 530227240}'), addresses)
  t.equal(reason('[0XC000000000]', '[0X2E2F082C40B0]'), addresses)
  t.equal(reason('[  0xc000000000]', '[0x2e2f082c40b0]'), addresses, 'with what pads them')
})

t.test('nothing but addresses may', async t => {
  t.equal(reason('map[a:0xc000000000 b:1]', 'map[a:0x2e2f082c40b0 b:2]'), undefined, 'another value')
  t.equal(reason('map[a:0xc000000000 b:1]', 'map[a:0x2e2f082c40b0 b:1 c:2]'), undefined, 'something behind')
  t.equal(reason('map[a:0xc000000000]', 'map[a:47236]'), undefined, 'a number in another base')
  t.equal(reason('[0XC000000000]', '[0x2e2f082c40b0]'), undefined, 'another case')
  t.equal(reason('{}', '{0 63713520000 0}'), undefined, 'the inside of a time')
  t.equal(reason('a', '0x2e2f082c40b0'), undefined, 'no address of ours')
  t.equal(explain(printed('0xc000000000'), { code: 1, stdout: '', stderr: 'Error' }), undefined, 'another exit code')
})

t.test('what Helm says of its build may be another', t => {
  const build = 'HelmVersion, which is the build\'s'
  t.equal(reason('[v1] {v4.3.1  clean go1.26.8 v1.37}}', '[v1] {v4.3   go1.26.8 v1.37}}'), build)
  t.equal(reason('{      v4.3.1         clean     go1.26.8}', '{        v4.3               go1.26.8}'), build)
  t.equal(reason('[v1] {v4.3.1  clean go1.26.8 v1.37}}', '[v2] {v4.3   go1.26.8 v1.37}}'), undefined, 'something before')
  t.equal(reason('v4.3.1', 'v4.3'), undefined, 'a version alone')
  t.end()
})

t.test('another broken sub-chart of the same chart may be named', async t => {
  const failed = (stderr: string): Answer => ({ code: 1, stdout: '', stderr: `Error: ${stderr}\n` })
  const named = (ours: string, theirs: string): string | undefined => explain(failed(ours), failed(theirs))
  t.match(named('error unpacking subchart a in p: no name', 'error unpacking subchart b in p: no version'), 'which of several')
  t.equal(named('error unpacking subchart a in p: no name', 'error unpacking subchart a in p: no version'), undefined, 'the same one, in other words')
  t.equal(named('error unpacking subchart a in p: no name', 'error unpacking subchart b in q: no name'), undefined, 'of another chart')
  t.equal(named('error unpacking subchart a in p: no name', 'no name'), undefined, 'in other words')
})

t.test('only the literal EST is a zone that depends on the tz database', async t => {
  const trial = (template: string): { kind: 'template', family: string, template: string, values: string } => ({ kind: 'template', family: 'dates', template, values: '{}' })
  t.same(inSteadyZone(trial('{{ dateInZone "MST" . `EST` }}')), trial('{{ dateInZone "MST" . `Etc/GMT+5` }}'))
  t.equal(inSteadyZone(trial('{{ dateInZone "EST x" . "UTC" }}')), undefined)
  t.same(
    inSteadyZone({ kind: 'chart', family: 'dates', files: { 'a.yaml': '{{ x "EST" }}', b: 'EST' }, args: [] }),
    { kind: 'chart', family: 'dates', files: { 'a.yaml': '{{ x "Etc/GMT+5" }}', b: 'EST' }, args: [] }
  )
})
