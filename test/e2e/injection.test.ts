import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import { errorsOf, killsOf } from './injection/plan.js'
import { Subject } from './injection/subject.js'
import { mountTmpfs } from './injection/tmpfs.js'
import { Trial } from './injection/trial.js'
import { uploads } from './injection/uploads.js'

// One upload of each kind is looked on by strace, and then made again and again: each of its calls that changes the store is struck by each error,
// and by the end of the process. (In memory: a kill takes nothing from the kernel, whatever the disk, and there are thousands of flushes.)
t.jobs = 2

for (const upload of await uploads()) {
  t.test(`${upload.name}: whatever call fails, it is told, nothing is half there, and it can be sent again`, { buffered: true, timeout: 600_000 }, async t => {
    const { subject, trial } = await begin(t, upload)
    const tally = new Map<string, number>()
    const errors = errorsOf(await trial.calls(), upload)
    for (const error of errors) {
      const outcome = `${error.status}, ${await trial.error(error) ?? 'broken'}`
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
    }
    t.equal(await subject.stop(), 0, 'the server has lived on, and ends well')
    t.comment(`${errors.length} errors have struck; answers, and what was shown then: ${JSON.stringify(Object.fromEntries(tally))}`)
  })

  t.test(`${upload.name}: wherever the server is killed, nothing is half there after the restart, and it can be sent again`, { buffered: true, timeout: 600_000 }, async t => {
    const { trial } = await begin(t, upload)
    const kills = killsOf(await trial.calls(), upload)
    let published = 0
    for (const strike of kills) if (await trial.kill(strike) === 'after') published++
    t.ok(published > 0, 'some kills came late')
    // What SQLite had not yet recorded is there all the same, and is adopted.
    if (upload.thread !== 'main') t.ok(published < kills.length, 'and some came before the upload was whole')
    t.comment(`${kills.length} kills; after ${published} of them the upload was published`)
  })
}

async function begin (t: Test, upload: Awaited<ReturnType<typeof uploads>>[number]): Promise<{ subject: Subject, trial: Trial }> {
  const directory = join(mountTmpfs(t, 64), 'data')
  mkdirSync(directory)
  const subject = await Subject.start(directory)
  t.teardown(() => subject.stop('SIGKILL'))
  return { subject, trial: await Trial.begin(t, subject, upload) }
}
