import { ActionError } from '../../action/errors.js'
import { testLogs } from '../../action/test-logs.js'
import { testRelease, type TestFilter } from '../../action/test-release.js'
import { messageOf } from '../../errors.js'
import { withCluster, type Cluster } from '../cluster.js'
import type { CliContext, Command } from '../command.js'
import type { Flags } from '../flags.js'
import { statusText } from '../output/status-text.js'
import { noProgressFlag, progressOf } from '../progress-flag.js'
import { timeoutFlag } from '../wait-flag.js'

/** `portolan test`: runs the tests of a release. */
export const test: Command = {
  name: 'test',
  usage: '[RELEASE]',
  summary: 'run tests for a release',
  description: 'Runs the tests that came with the chart of a release, and prints how they went.',
  arguments: { min: 1, max: 1 },
  flags: [
    timeoutFlag,
    noProgressFlag,
    { name: 'filter', type: 'strings', usage: 'specify tests by attribute (currently "name") using attribute=value syntax or \'!attribute=value\' to exclude a test (can specify multiple or separate values with commas: name=test1,name=test2)' },
    { name: 'logs', type: 'bool', usage: 'dump the logs from test pods (this runs after all tests are complete, but before any cleanup)' }
  ],
  run: async (context, [name = ''], flags) => {
    const options = { name, filter: filterOf(flags.list('filter')), timeout: flags.milliseconds('timeout') }
    await withCluster({ context, flags, interruptible: false, progress: progressOf(context, flags) }, async cluster => { await runTests(context, flags, { cluster, options }) })
  }
}

interface TestRun {
  readonly cluster: Cluster
  readonly options: Parameters<typeof testRelease>[1]
}

async function runTests (context: CliContext, flags: Flags, { cluster: { context: action, namespace }, options }: TestRun): Promise<void> {
  const { release, failure, cleanUp } = await testRelease(action, options)
  const failures = failure === undefined ? [] : [failure.error]
  const attempt = async (work: () => Promise<void>): Promise<void> => { await work().catch((error: unknown) => { failures.push(error) }) }
  context.stdout.write(statusText(release, { debug: flags.bool('debug'), hideNotes: true }))
  if (flags.bool('logs')) {
    // Apart from what is above.
    context.stdout.write('\n')
    await attempt(async () => { await testLogs(action, release, { namespace, filter: options.filter }, text => { context.stdout.write(text) }) })
  }
  await attempt(cleanUp)
  const [first, ...more] = failures
  if (failures.length === 0) return
  throw more.length === 0 ? first : new ActionError('hook-failed', failures.map(messageOf).join('\n'), { cause: first })
}

/** Attributes other than the name say nothing, as in Helm. */
function filterOf (texts: readonly string[]): TestFilter {
  const included = texts.filter(text => text.startsWith('name=')).map(text => text.slice('name='.length))
  const excluded = texts.filter(text => /^!\s?name=/.test(text)).map(text => text.replace(/^!\s?name=/, ''))
  return { included, excluded }
}
