import t from 'tap'
import { newestFirst, pickVersion } from '../../src/catalog/versions.js'

const at = (version: string, hours = 0): { version: string, created: Date } => ({ version, created: new Date(hours * 3_600_000) })
const order = (...items: Array<ReturnType<typeof at>>): string[] => newestFirst(items).map(({ version }) => version)

t.test('the highest version comes first, what is none comes last', async t => {
  t.strictSame(order(at('0.1.0'), at('0.10.0'), at('0.2.0'), at('1.0.0-rc.1'), at('1.0.0'), at('1.0.0-rc.10'), at('1.0.0-rc.2'), at('v2'), at('2.0.1'), at('latest'), at('newest')),
    ['2.0.1', 'v2', '1.0.0', '1.0.0-rc.10', '1.0.0-rc.2', '1.0.0-rc.1', '0.10.0', '0.2.0', '0.1.0', 'newest', 'latest'])
})

t.test('of equal versions the one published last comes first', async t => {
  t.strictSame(order(at('1.0.0+b', 1), at('1.0.0+c', 3), at('1.0.0+a', 2)), ['1.0.0+c', '1.0.0+a', '1.0.0+b'])
  t.strictSame(order(at('1.0.0+a'), at('1.0.0+c'), at('1.0.0+b')), ['1.0.0+c', '1.0.0+b', '1.0.0+a'])
})

t.test('a version is picked as ChartMuseum picks it', async t => {
  const items = newestFirst(['0.1.0', '0.2.0', '1.0.0', '1.1.0', '1.2.0-rc.1', '1.1.0+build', 'v2.0.0-alpha', 'odd'].map(version => at(version)))
  const picked: Array<[string, string]> = [
    ['latest', '1.1.0+build'], ['1.0.0', '1.0.0'], ['v1.0.0', '1.0.0'], ['0.1', '0.1.0'], ['0.x', '0.2.0'], ['^0.1', '0.1.0'], ['>0.1', '1.1.0+build'],
    ['1.1.0', '1.1.0'], ['1.1.0+build', '1.1.0+build'], ['1.2.0-rc.1', '1.2.0-rc.1'], ['>=1.2.0-0', 'v2.0.0-alpha'], ['*', '1.1.0+build'], ['v2.0.0-alpha', 'v2.0.0-alpha']
  ]
  for (const [reference, want] of picked) t.equal(pickVersion(items, 'x', reference).version, want, reference)
})

t.test('what cannot be picked is told in ChartMuseum\'s words', async t => {
  const items = [at('1.0.0-rc.1')]
  t.throws(() => pickVersion([], 'x', '1.0.0'), { code: 'chart-not-found', message: 'no chart name found' })
  t.throws(() => pickVersion([], 'x', '!!'), { code: 'chart-not-found' })
  t.throws(() => pickVersion(items, 'x', '2.0.0'), { code: 'version-not-found', message: 'no chart version found for x-2.0.0' })
  t.throws(() => pickVersion(items, 'x', 'latest'), { code: 'version-not-found', message: 'no chart version found for x-' })
  t.throws(() => pickVersion(items, 'x', 'templates!'), { code: 'version-not-found', message: 'improper constraint: templates!' })
})
