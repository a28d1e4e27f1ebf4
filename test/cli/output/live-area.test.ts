import t from 'tap'
import { LiveArea, type TerminalSize } from '../../../src/cli/output/live-area.js'

/** An area, and all that was written. */
function area (size: TerminalSize | undefined): { readonly live: LiveArea, readonly written: string[] } {
  const written: string[] = []
  return { written, live: new LiveArea({ write: text => written.push(text) }, () => size) }
}

/** The text without the switch for broken lines. */
function plain (text: string | undefined): string {
  return (text ?? '').replaceAll('\u001b[?7l', '').replaceAll('\u001b[?7h', '')
}

t.test('lines are drawn over those before, and taken away', async t => {
  const { live, written } = area({ columns: 40, rows: 10 })
  live.draw(['one', 'two'])
  live.draw(['three'])
  live.erase()
  live.erase()
  t.strictSame(written.map(plain), ['one\ntwo\n', '\u001b[2A\r\u001b[Jthree\n', '\u001b[1A\r\u001b[J'])
})

t.test('what else is written comes in their place', async t => {
  const { live, written } = area({ columns: 40, rows: 10 })
  const other: string[] = []
  const out = live.guarded({ write: text => other.push(text) })
  out.write('a')
  live.draw(['one'])
  out.write('b')
  out.write('c')
  t.strictSame(other, ['a', 'b', 'c'])
  t.strictSame(written.map(plain), ['one\n', '\u001b[1A\r\u001b[J'])
  t.equal(out.isTerminal, false)
  t.equal(live.guarded({ write: text => text, isTerminal: true }).isTerminal, true, 'what looks at it is as before: diffs have colours there')
})

t.test('as wide and as high as the terminal, at most', async t => {
  const { live, written } = area({ columns: 10, rows: 4 })
  live.draw(['123456789', '1234567890', '船船船船船船', 'x', 'y'])
  t.strictSame(plain(written[0]).split('\n'), ['123456789', '12345678…', '  … and …', ''])
})

t.test('no terminal, nothing drawn', async t => {
  const { live, written } = area(undefined)
  live.draw(['one'])
  live.erase()
  t.strictSame(written, [])
})
