import t from 'tap'
import type { Scans } from '../../src/cli/scan-store.js'
import { scanStore } from '../../src/cli/scan-store.js'
import type { Store } from '../../src/cli/open-store.js'
import type { Scan } from '../../src/server/store-metrics.js'

type Line = readonly [level: string, fields: unknown, text: string]

function logTo (lines: Line[]): Parameters<typeof scanStore>[1]['logger'] {
  const at = (level: string) => (fields: unknown, text?: string) => { lines.push([level, fields, text ?? '']) }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/** A store of which only the scans matter: each gives what `scan` gives. */
function storeOf (scan: (nth: number, signal: AbortSignal | undefined) => Promise<unknown>): Pick<Store, 'catalog' | 'depth'> {
  let nth = 0
  const adopt = async ({ signal }: { signal?: AbortSignal }): Promise<unknown> => await scan(++nth, signal)
  return { catalog: { adopt } as unknown as Store['catalog'], depth: 0 }
}

const nothing = { adopted: 0, updated: 0, removed: 0, refused: [], unreadable: 0, withheld: [] }

t.test('scans follow one another, what is found is logged, and a failure stops none of those after', async t => {
  const lines: Line[] = []
  const third = new Promise<void>(resolve => {
    const store = storeOf(async nth => {
      if (nth === 1) return { ...nothing, adopted: 2, refused: [{ tenant: '', fileName: 'x.tgz', reason: 'EOF' }], withheld: [{ tenant: 'org', missing: 12, recorded: 12 }] }
      if (nth === 2) throw new Error('no route to host')
      resolve()
      return nothing
    })
    const scans = scanStore(store, { interval: 1, logger: logTo(lines) })
    t.teardown(() => scans.stop())
  })
  // The timer between scans keeps no process alive: something else must.
  const alive = setInterval(() => undefined, 1000)
  await third
  clearInterval(alive)
  t.strictSame(lines.map(([level, , text]) => `${level}: ${text}`), [
    'warn: A file in the storage is no chart',
    'warn: Most files of a repository are gone from the storage: their records are kept (see portolan doctor)',
    'info: The storage was looked through',
    'error: The storage could not be looked through'
  ])
})

t.test('each scan is told of with its time, also one that fails, but not one that was stopped', async t => {
  const scans: Scan[] = []
  const third = new Promise<Scans>(resolve => {
    const store = storeOf(async (nth, signal) => {
      if (nth === 1) return { ...nothing, adopted: 2 }
      if (nth === 2) throw new Error('no route to host')
      resolve(scanning)
      return await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))))
    })
    const scanning = scanStore(store, { interval: 1, logger: logTo([]), onScan: scan => { scans.push(scan) } })
  })
  const alive = setInterval(() => undefined, 1000)
  await (await third).stop()
  clearInterval(alive)
  t.match(scans, [{ seconds: Number, adoption: { adopted: 2 } }, { seconds: Number, adoption: undefined }])
  t.equal(scans.length, 2)
})

t.test('with the interval 0 there is one scan', async t => {
  let scans = 0
  const scanning = scanStore(storeOf(async () => { scans++; return nothing }), { interval: 0, logger: logTo([]) })
  for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve))
  await scanning.stop()
  t.equal(scans, 1)
})

t.test('stopping ends the scan under way, and that is no failure', async t => {
  const lines: Line[] = []
  const store = storeOf((_nth, signal) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))))
  await scanStore(store, { interval: 5, logger: logTo(lines) }).stop()
  t.strictSame(lines, [])
})
