import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { sessions } from '../../compat/repo-cases.js'
import { runSession, type Answered, type Outcome } from '../../compat/session.js'
import { chartSite } from '../../remote/chart-site.js'
import { projectRoot, startWeb, type Web } from '../../remote/web.js'
import { runPortolan } from './program.js'

for (const { name, steps } of sessions) {
  t.test(`${name}: as recorded from Helm`, async t => {
    const held: { web?: Web } = {}
    const { site, digests } = await chartSite(() => held.web?.url ?? '')
    const web = held.web = await startWeb(t, site)
    const ours = await runSession(steps, runPortolan, { home: t.testdir(), base: web.url, digests })
    const theirs = recorded(name)
    for (const [i, step] of steps.entries()) {
      if (step.deviates !== undefined) t.comment(`${step.args.join(' ')}: ${step.deviates}`)
      else t.strictSame(ours.steps[i], answer(theirs.steps[i]), step.args.join(' '))
    }
    const deviant = /^(work\/)?\.?[^/]*db-2/
    for (const path of new Set([...Object.keys(ours.files), ...Object.keys(theirs.files)])) {
      if (!deviant.test(path)) t.equal(ours.files[path], theirs.files[path], path)
    }
  })
}

/** The recorded answer without what was asked. */
function answer (recorded: Answered | undefined): Answered | undefined {
  return recorded === undefined ? undefined : { code: recorded.code, stdout: recorded.stdout, stderr: recorded.stderr }
}

function recorded (name: string): Outcome {
  const file = join(projectRoot(), 'test', 'compat', 'recorded', `repo-${name.replace(/\W+/g, '-')}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Outcome
}
