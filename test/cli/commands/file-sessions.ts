import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Test } from 'tap'
import { program } from '../../../src/cli/program.js'
import { run } from '../../../src/cli/run.js'
import { dependencySite } from '../../compat/dependency-site.js'
import { isCall, runFileSession, type Call, type FileOutcome, type FileSession } from '../../compat/file-session.js'
import type { Answered, Runner } from '../../compat/session.js'
import { testContext } from '../../helpers/test-context.js'
import { projectRoot, startWeb } from '../../remote/web.js'

/** Runs one call of the whole program in this process. */
export const runProgram: Runner = async (args, { cwd, env, stdin }) => {
  const clock = (): Date => Object.assign(new Date(), { getTimezoneOffset: () => 0 })
  const { context, stdout, stderr } = testContext({ cwd, env, stdin: Readable.from([stdin]), clock })
  const code = await run(program, args, context)
  return { code, stdout: stdout(), stderr: stderr() }
}

/**
 * Runs a session as Helm was recorded, and compares what is said, the exit codes and the files.
 *
 * @param t the session's test
 * @param session what to do
 * @param theirs what Helm did
 */
export async function compareSession (t: Test, session: FileSession, theirs: FileOutcome | undefined): Promise<void> {
  if (theirs === undefined) {
    t.fail('the session is not recorded')
    return
  }
  const web = await startWeb(t, await dependencySite())
  const ours = await runFileSession(session, runProgram, { home: t.testdir(), env: { HTTP_PROXY: web.url } })
  for (const [i, call] of session.steps.filter(isCall).entries()) {
    if (call.deviates !== undefined) t.comment(`${call.args.join(' ')}: ${call.deviates}`)
    else if (call.more === undefined) t.strictSame(ours.calls[i], theirs.calls[i], call.args.join(' '))
    else compareStart(t, call, [ours.calls[i], theirs.calls[i]])
  }
  for (const path of new Set([...Object.keys(ours.files), ...Object.keys(theirs.files)])) {
    if (isCompared(path, session)) t.equal(ours.files[path], theirs.files[path], path)
  }
}

/** Compares all but what ours says more, which must be there. */
function compareStart (t: Test, call: Call, [ours, theirs]: readonly [ours: Answered | undefined, theirs: Answered | undefined]): void {
  const words = call.args.join(' ')
  const stderr = theirs?.stderr.trimEnd() ?? ''
  t.strictSame({ ...ours, stderr: ours?.stderr.slice(0, stderr.length) }, { ...theirs, stderr }, words)
  t.ok((ours?.stderr.length ?? 0) > stderr.length + 10, `${words}: ${call.more ?? ''}`)
}

/** The content cache is ours to fill; Helm's dependency commands do not. */
function isCompared (path: string, { otherFiles }: FileSession): boolean {
  return !path.startsWith('.cache/helm/content/') && otherFiles?.test(path) !== true
}

/** What Helm did in a group of sessions, by their names. */
export function recordedSessions (group: string): ReadonlyMap<string, FileOutcome> {
  const text = readFileSync(join(projectRoot(), 'test', 'compat', 'recorded', `${group}.json`), 'utf8')
  const { sessions } = JSON.parse(text) as { sessions: Record<string, { calls: Answered[], files: Record<string, string> }> }
  return new Map(Object.entries(sessions))
}
