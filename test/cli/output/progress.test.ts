import t from 'tap'
import { LiveArea } from '../../../src/cli/output/live-area.js'
import { ProgressLines } from '../../../src/cli/output/progress-lines.js'
import { ageText } from '../../../src/cli/output/progress-text.js'
import { ProgressView } from '../../../src/cli/output/progress-view.js'
import type { WaitingFor, WaitLook } from '../../../src/kube/wait-progress.js'

function waiting (name: string, seconds: number, rest: Partial<WaitingFor> = {}): WaitingFor {
  return { kind: 'Deployment', namespace: 'default', name, status: { progress: 'InProgress', message: 'Available: 0/1' }, reasons: [], age: seconds * 1000, ...rest }
}

function look (...all: readonly WaitingFor[]): WaitLook {
  return { goal: 'ready', total: 3, waiting: all }
}

/** Lines for looks, and how the wait ended. */
function lines (looks: readonly WaitLook[], isMet?: boolean): string[] {
  const written: string[] = []
  const progress = new ProgressLines({ write: text => written.push(text) })
  for (const each of looks) progress.looked(each)
  if (isMet !== undefined) progress.ended(isMet)
  return written
}

t.test('lines: nothing of short waits, however they end', async t => {
  t.strictSame(lines([look(waiting('a', 0)), look(waiting('a', 9.9))], true), [])
  t.strictSame(lines([look(waiting('a', 0)), look(waiting('a', 9.9, { reasons: ['r'] }))], false), [])
})

t.test('lines: one after some time, others when something has changed, not more often than every ten seconds', async t => {
  const written = lines([
    look(waiting('a', 10)), look(waiting('a', 11)), look(waiting('a', 12, { reasons: ['x'] })), look(waiting('a', 20, { reasons: ['x', 'y'] })),
    look(waiting('a', 29, { reasons: [] })), look(waiting('a', 95, { reasons: ['x', 'y'] })), look(waiting('b', 96))
  ], true)
  t.strictSame(written, [
    'waiting for Deployment default/a (10s): Available: 0/1\n',
    'waiting for Deployment default/a (20s): Available: 0/1; x; y\n',
    'Deployment default/a is ready\n',
    'waiting for Deployment default/b (1m36s): Available: 0/1\n',
    'Deployment default/b is ready\n'
  ])
})

t.test('lines: a wait that fails tells the last of what was told before', async t => {
  t.strictSame(lines([look(waiting('a', 10), waiting('b', 5)), look(waiting('a', 11, { reasons: ['x'] }), waiting('b', 6))], false), [
    'waiting for Deployment default/a (10s): Available: 0/1\n',
    'waiting for Deployment default/a (11s): Available: 0/1; x\n'
  ])
  t.equal(lines([look(waiting('a', 10))], false).length, 1, 'nothing new, nothing said')
})

t.test('lines: objects that are to go', async t => {
  const gone = (progress: 'Current' | 'Terminating', seconds: number): WaitLook => ({ goal: 'gone', total: 1, waiting: [waiting('a', seconds, { kind: 'Thing', namespace: '', status: { progress, message: 'm' } })] })
  t.strictSame(lines([gone('Current', 10), gone('Terminating', 20)], true), [
    'waiting for Thing a to be gone (10s): still there\n', 'waiting for Thing a to be gone (20s): being deleted\n', 'Thing a is gone\n'
  ])
})

t.test('lines: trouble is told once, and only with something else', async t => {
  const trouble = 'events is\nforbidden'
  t.strictSame(lines([{ ...look(waiting('a', 9)), trouble }, { ...look(waiting('a', 10)), trouble }, { ...look(waiting('a', 11)), trouble }]), [
    'waiting for Deployment default/a (10s): Available: 0/1\n', 'waiting: events is forbidden\n'
  ])
})

t.test('lines: texts of the cluster are only shown', async t => {
  const [line = ''] = lines([look(waiting('a\u001b[31m', 10, { status: { progress: 'Failed', message: 'x\n\u0007y' }, reasons: ['z'.repeat(600)] }))])
  t.equal(line, `waiting for Deployment default/a\ufffd[31m (10s): failed: x \ufffdy; ${'z'.repeat(500)}…\n`)
})

/** What is drawn for looks; `stays` is what is written beside it. */
function view (looks: readonly WaitLook[], isMet: boolean): { readonly drawn: string[], readonly stays: string[] } {
  const drawn: string[] = []
  const stays: string[] = []
  const progress = new ProgressView(new LiveArea({ write: text => drawn.push(text) }, () => ({ columns: 100, rows: 20 })), { write: text => stays.push(text) })
  for (const each of looks) progress.looked(each)
  progress.ended(isMet)
  return { drawn: drawn.map(text => text.replaceAll(/\u001b\[\?7[lh]/g, '')), stays }
}

t.test('view: objects and reasons, taken away at the end', async t => {
  const { drawn, stays } = view([look(waiting('a', 0)), { ...look(waiting('a', 2, { reasons: ['why', 'and why'] }), waiting('b', 1)), trouble: 'no events' }], true)
  t.strictSame(drawn, [
    '1/3 objects are ready (2s)\n  Deployment default/a: Available: 0/1\n    why\n    and why\n  Deployment default/b: Available: 0/1\n  no events\n',
    '\u001b[6A\r\u001b[J'
  ])
  t.strictSame(stays, [])
})

t.test('view: nothing of the shortest waits', async t => {
  t.strictSame(view([look(waiting('a', 0)), look(waiting('a', 0.9)), look()], true), { drawn: [], stays: [] })
})

t.test('view: of a long wait that failed the reasons stay', async t => {
  t.strictSame(view([look(waiting('a', 12, { reasons: ['why'] }), waiting('b', 2))], false).stays, ['waiting for Deployment default/a (12s): Available: 0/1; why\n'])
  t.strictSame(view([look(waiting('a', 9, { reasons: ['why'] }))], false).stays, [])
})

t.test('ages', async t => {
  t.strictSame([0, 59_999, 60_000, 3_723_000].map(ageText), ['0s', '59s', '1m0s', '62m3s'])
})
