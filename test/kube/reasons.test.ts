import t from 'tap'
import { parseObject } from '../../src/kube/json.js'
import { containerReasons, newestWarnings, ownReasons, warningOf } from '../../src/kube/reasons.js'

function reasonsOf (object: object, known = ''): string[] {
  return ownReasons(parseObject(JSON.stringify(object)), known)
}

function conditions (...list: ReadonlyArray<readonly [type: string, status: string, reason?: string, message?: string]>): object {
  return { status: { conditions: list.map(([type, status, reason, message]) => ({ type, status, reason, message })) } }
}

t.test('conditions that fail, each told once', async t => {
  t.strictSame(reasonsOf(conditions(
    ['Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'],
    ['Progressing', 'True', 'ReplicaSetUpdated', 'it goes on'],
    ['ReplicaFailure', 'True', 'FailedCreate', 'exceeded quota'],
    ['Same', 'False', 'Other', 'exceeded quota']
  )), [
    'Available is False: MinimumReplicasUnavailable: Deployment does not have minimum availability.',
    'ReplicaFailure is True: FailedCreate: exceeded quota'
  ])
})

t.test('what is told already, what says nothing, and what is neither good nor bad', async t => {
  t.strictSame(reasonsOf(conditions(['Ready', 'False', 'X', 'soon']), 'soon'), [])
  t.strictSame(reasonsOf(conditions(['Ready', 'False'], ['Reconciling', 'False', 'r', 'm'], ['Stalled', 'False', 'r', 'm'], ['Ready', 'Unknown', 'r', 'm'])), [])
  t.strictSame(reasonsOf(conditions(['Ready', 'False', 'OnlyReason'])), ['Ready is False: OnlyReason'])
  t.equal(reasonsOf(conditions(['A', 'False', 'r', '1'], ['B', 'False', 'r', '2'], ['C', 'False', 'r', '3'], ['D', 'False', 'r', '4'])).length, 3)
  t.strictSame(reasonsOf({}), [])
  t.strictSame(reasonsOf({ status: { conditions: ['x', 1, null] } }), [])
})

t.test('finalizers keep what is to be deleted', async t => {
  const metadata = { deletionTimestamp: '2026-01-01T00:00:00Z' }
  t.strictSame(reasonsOf({ metadata: { ...metadata, finalizers: ['example.com/a', 'example.com/b'] } }), ['finalizers: example.com/a, example.com/b'])
  t.strictSame(reasonsOf({ metadata, ...conditions(['Ready', 'False', 'r', 'm']) }), [])
})

t.test('containers that wait', async t => {
  const waiting = (name: string, reason: string, message?: string, lastState: object = {}): object => ({ name, state: { waiting: { reason, message } }, lastState })
  const status = {
    initContainerStatuses: [waiting('before', 'ErrImagePull', 'no such image')],
    containerStatuses: [
      waiting('main', 'CrashLoopBackOff', 'back-off 10s', { terminated: { exitCode: 137, reason: 'OOMKilled' } }),
      waiting('plain', 'CrashLoopBackOff', undefined, { terminated: { exitCode: 1 } }),
      waiting('later', 'PodInitializing'), waiting('new', 'ContainerCreating'), { name: 'fine', state: { running: {} } }
    ]
  }
  t.strictSame(containerReasons(parseObject(JSON.stringify({ status }))), [
    'container before: ErrImagePull: no such image',
    'container main: CrashLoopBackOff: back-off 10s: it ended with exit code 137 (OOMKilled)',
    'container plain: CrashLoopBackOff: it ended with exit code 1'
  ])
  t.strictSame(reasonsOf({ status }).length, 3, 'a Pod says it itself')
})

t.test('warnings: whichever time the event has, the newest first, each reason once', async t => {
  const event = (fields: object): ReturnType<typeof warningOf> => warningOf(parseObject(JSON.stringify({ type: 'Warning', ...fields })))
  const all = [
    event({ reason: 'Old', message: 'o', lastTimestamp: '2026-01-01T00:00:01Z' }),
    event({ reason: 'Series', message: 's', series: { lastObservedTime: '2026-01-01T00:00:09Z' }, eventTime: '2026-01-01T00:00:00Z' }),
    event({ reason: 'Series', message: 'before', eventTime: '2026-01-01T00:00:05Z' }),
    event({ reason: 'Made', message: '', metadata: { creationTimestamp: '2026-01-01T00:00:04Z' } }),
    event({ reason: 'Timeless', message: 't' })
  ].filter(warning => warning !== undefined)
  t.strictSame(newestWarnings(all, 3), ['Series: s', 'Made', 'Old: o'])
  t.equal(warningOf(parseObject('{"type":"Normal","reason":"Scheduled"}')), undefined)
})
