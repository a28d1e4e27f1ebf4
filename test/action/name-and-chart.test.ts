import t from 'tap'
import { nameAndChart, type NamingOptions } from '../../src/action/name-and-chart.js'

const sources = { clock: () => new Date('2026-01-02T03:04:05Z'), random: (size: number) => new Uint8Array(size) }
const plain = { generateName: false, nameTemplate: '' }

function named (args: string[], options: Partial<NamingOptions> = {}): unknown {
  return nameAndChart(args, { ...plain, ...options }, sources)
}

t.test('a name and a chart', async t => {
  t.strictSame(named(['web', 'repo/sea']), { name: 'web', reference: 'repo/sea' })
  t.throws(() => named(['web', 'sea', 'more', 'most']), { message: 'expected at most two arguments, unexpected arguments: more, most' })
  t.throws(() => named(['web', 'sea'], { generateName: true }), { message: 'cannot set --generate-name and also specify a name' })
  t.throws(() => named(['web', 'sea'], { nameTemplate: 'x' }), { message: 'cannot set --name-template and also specify a name' })
})

t.test('a chart only', async t => {
  t.throws(() => named(['sea']), { code: 'invalid-option', message: 'must either provide a name or specify --generate-name' })
  t.strictSame(named(['repo/sea-1.2.3.tgz'], { generateName: true }), { name: 'sea-1-1767323045', reference: 'repo/sea-1.2.3.tgz' })
  t.strictSame(named(['./'], { generateName: true }), { name: 'chart-1767323045', reference: './' })
  t.strictSame(named(['sea'], { fallback: 'release-name' }), { name: 'release-name', reference: 'sea' })
  t.strictSame(named(['sea'], { nameTemplate: '{{ "WEB" | lower }}-{{ add 1 2 }}', fallback: 'release-name' }), { name: 'web-3', reference: 'sea' })
  t.throws(() => named(['sea'], { nameTemplate: '{{' }), { code: 'parse' })
})
