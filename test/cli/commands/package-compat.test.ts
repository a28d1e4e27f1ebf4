import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { create } from '../../../src/cli/commands/create.js'
import { packageCommand } from '../../../src/cli/commands/package.js'
import { verify } from '../../../src/cli/commands/verify.js'
import { runFolderSession, type Call, type FolderOutcome } from '../../compat/folder-session.js'
import { folderSessions, prepareFolder } from '../../compat/package-cases.js'
import type { Answered } from '../../compat/session.js'
import { projectRoot } from '../../remote/web.js'
import { runnerOf } from './program.js'

const run = runnerOf([create, packageCommand, verify])

/** Archives that could not be signed, which Helm leaves behind all the same. */
const leftUnsigned = new Set(['package and sign: work/web-1.2.3.tgz'])

for (const { name, steps } of folderSessions) {
  t.test(`${name}: as recorded from Helm`, async t => {
    const home = t.testdir()
    await prepareFolder(home)
    const ours = await runFolderSession(steps, run, home)
    const theirs = recorded(name)
    for (const [i, call] of steps.filter((step): step is Call => 'args' in step).entries()) {
      const line = `${i}: ${call.args.join(' ')}`
      if (call.deviates === undefined) t.strictSame(ours.calls[i], answer(theirs.calls[i]), line)
      else t.notSame(ours.calls[i], answer(theirs.calls[i]), `${line} differs: ${call.deviates}`)
    }
    const deviant = /^work\/(harbour\/boat\/Chart\.yaml|cutter\/Chart\.yaml|gammas\/.*)$/
    for (const path of new Set([...Object.keys(ours.files), ...Object.keys(theirs.files)])) {
      if (leftUnsigned.has(`${name}: ${path}`)) t.notOk(ours.files[path], `${path} is not there`)
      else if (!deviant.test(path)) t.strictSame(ours.files[path], theirs.files[path], path)
    }
  })
}

/** The recorded answer without what was asked. */
function answer (recorded: Answered | undefined): Answered | undefined {
  return recorded === undefined ? undefined : { code: recorded.code, stdout: recorded.stdout, stderr: recorded.stderr }
}

function recorded (name: string): FolderOutcome {
  const file = join(projectRoot(), 'test', 'compat', 'recorded', `folder-${name.replace(/\W+/g, '-')}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as FolderOutcome
}
