import t from 'tap'
import { unifiedDiff } from '../../../src/action/diff/unified.js'

const numbered = (count: number, changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, i) => changes[i + 1] ?? `line ${i + 1}\n`).join('')

t.test('nothing, all, and a line', async t => {
  t.equal(unifiedDiff('a\n', 'a\n', 3), '')
  t.equal(unifiedDiff('', 'a\nb\n', 3), '@@ -0,0 +1,2 @@\n+a\n+b\n')
  t.equal(unifiedDiff('a\nb\n', '', 3), '@@ -1,2 +0,0 @@\n-a\n-b\n')
  t.equal(unifiedDiff('a\nb\nc\n', 'a\nx\nc\n', 0), '@@ -2,1 +2,1 @@\n-b\n+x\n')
  t.equal(unifiedDiff('a\nb\nc\n', 'a\nb\nx\nc\n', 0), '@@ -2,0 +3,1 @@\n+x\n')
})

t.test('changes whose context meets share a hunk', async t => {
  const before = numbered(30)
  const after = numbered(30, { 5: 'five\n', 10: 'ten\n', 25: '' })
  t.equal(unifiedDiff(before, after, 1), [
    '@@ -4,3 +4,3 @@', ' line 4', '-line 5', '+five', ' line 6',
    '@@ -9,3 +9,3 @@', ' line 9', '-line 10', '+ten', ' line 11',
    '@@ -24,3 +24,2 @@', ' line 24', '-line 25', ' line 26', ''
  ].join('\n'))
  t.equal(unifiedDiff(before, after, 2).split('@@ -').length - 1, 2, 'of four lines between two changes none is left out')
  t.equal(unifiedDiff(before, after, -1).split('\n').length, 1 + 30 + 2 + 1, 'all lines')
})

/** What patch(1) makes of a text: the numbers of every hunk must be right. */
function patched (before: string, diff: string): string {
  const lines = before.split('\n').slice(0, -1)
  const result: string[] = []
  let at = 0
  for (const hunk of diff.split(/^(?=@@)/m).filter(text => text !== '')) {
    const [head = '', ...body] = hunk.split('\n').slice(0, -1)
    const [start = 0, removed = 0, , added = 0] = [...head.matchAll(/\d+/g)].map(Number)
    const from = removed === 0 ? start : start - 1
    while (at < from) result.push(lines[at++] ?? '')
    for (const line of body.filter(each => !each.startsWith('+'))) if (lines[at++] !== line.slice(1)) throw new Error(`${head}: not ${line}`)
    const fresh = body.filter(each => !each.startsWith('-')).map(each => each.slice(1))
    if (at - from !== removed || fresh.length !== added) throw new Error(`${head}: wrong counts`)
    result.push(...fresh)
  }
  return [...result, ...lines.slice(at)].map(line => `${line}\n`).join('')
}

t.test('a patch makes the other text of it', async t => {
  const before = numbered(40)
  const after = numbered(40, { 1: 'one\n', 2: '', 20: 'line 20\nmore\n', 39: '', 40: 'end\n' })
  for (const context of [0, 1, 3, -1]) {
    t.equal(patched(before, unifiedDiff(before, after, context)), after, `context ${context}`)
    t.equal(patched('', unifiedDiff('', after, context)), after)
    t.equal(patched(before, unifiedDiff(before, '', context)), '')
  }
})
