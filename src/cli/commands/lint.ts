import { tmpdir } from 'node:os'
import { lint as lintChart, subchartPaths, type LintOptions, type LintResult } from '../../action/lint.js'
import { messageLine } from '../../action/lint/message.js'
import { KubeVersion } from '../../engine/kube-version.js'
import { messageOf } from '../../errors.js'
import type { RenderContext } from '../../action/context.js'
import { ActionError } from '../../action/errors.js'
import type { CliContext, Command } from '../command.js'
import { CliError } from '../errors.js'
import type { Flags } from '../flags.js'
import { setUpFor } from '../large-chart.js'
import { renderContext } from '../render-context.js'
import { renderLimits, renderLimitsFlag } from '../render-limits.js'
import { settingsOf } from '../settings.js'
import { valuesFlags, valuesFrom } from '../values-flags.js'

/** `portolan lint`: examines charts, and prints what may be wrong with them. */
export const lint: Command = {
  name: 'lint',
  usage: 'PATH',
  summary: 'examine a chart for possible issues',
  description: [
    'Examines charts: folders or archives. What will make a chart fail is an [ERROR], what breaks with convention a [WARNING].',
    '',
    'What Helm does not look for is said on stderr, so that the output is that of Helm: values that no template reads, and whole numbers that',
    'print as 1e+06. It fails a chart only with --strict; --helm-compatible leaves it out.'
  ].join('\n'),
  arguments: { min: 1 },
  flags: [
    { name: 'strict', type: 'bool', usage: 'fail on lint warnings' },
    { name: 'with-subcharts', type: 'bool', usage: 'lint dependent charts' },
    { name: 'quiet', type: 'bool', usage: 'print only warnings and errors' },
    { name: 'skip-schema-validation', type: 'bool', usage: 'if set, disables JSON schema validation' },
    { name: 'kube-version', type: 'string', usage: 'Kubernetes version used for capabilities and deprecation checks' },
    { name: 'helm-compatible', type: 'bool', usage: 'look for nothing that Helm does not look for' },
    renderLimitsFlag,
    ...valuesFlags
  ],
  run: async (context, args, flags) => {
    const options = await optionsFrom(context, flags)
    const paths = flags.bool('with-subcharts') ? await withSubcharts(args, context.cwd) : args
    const rendering = { ...renderContext(context, flags), ...renderLimits(context, flags) }
    const results: LintResult[] = []
    let text = ''
    for (const path of paths) {
      const result = await lintOne(rendering, path, options)
      results.push(result)
      text += report(path, result, flags.bool('quiet'))
    }
    context.stdout.write(text)
    context.stderr.write(paths.map((path, index) => beyondHelm(path, results[index])).join(''))
    const failed = results.filter(result => result.failed).length
    const summary = `${paths.length} chart(s) linted, ${failed} chart(s) failed`
    if (failed > 0) throw new ActionError('lint-failed', summary)
    if (!flags.bool('quiet') || results.some(isNotable)) context.stdout.write(`${summary}\n`)
  }
}

/** V8 is set up for the chart once its size is known, and is as it was afterwards. */
async function lintOne (rendering: RenderContext, path: string, options: LintOptions): Promise<LintResult> {
  let restore = (): void => undefined
  try {
    return await lintChart(rendering, path, { ...options, loaded: async chart => { restore = await setUpFor(chart) } })
  } finally {
    restore()
  }
}

async function optionsFrom (context: CliContext, flags: Flags): Promise<LintOptions> {
  const kubeVersion = kubeVersionOf(flags.string('kube-version'))
  return {
    namespace: settingsOf(context, flags).namespace,
    values: await valuesFrom(context, flags),
    strict: flags.bool('strict'),
    beyondHelm: !flags.bool('helm-compatible'),
    skipSchemaValidation: flags.bool('skip-schema-validation'),
    cwd: context.cwd,
    temporary: tmpdir(),
    ...kubeVersion === undefined ? {} : { kubeVersion }
  }
}

function kubeVersionOf (text: string): KubeVersion | undefined {
  if (text === '') return undefined
  try {
    return KubeVersion.parse(text)
  } catch (error) {
    throw new CliError('invalid-argument', `invalid kube version '${text}': ${messageOf(error)}`, { cause: error })
  }
}

async function withSubcharts (paths: readonly string[], cwd: string): Promise<string[]> {
  const found = await Promise.all(paths.map(async path => await subchartPaths(path, cwd)))
  return [...paths, ...found.flat()]
}

function report (path: string, result: LintResult, quiet: boolean): string {
  if (quiet && !isNotable(result)) return ''
  const shown = result.messages.filter(({ severity }) => !quiet || severity !== 'INFO').map(messageLine)
  const lines = result.failure === undefined ? shown : [`Error ${result.failure}`]
  return [`==> Linting ${path}`, ...lines, ''].map(line => `${line}\n`).join('')
}

/** Clearly no words of Helm's. */
function beyondHelm (path: string, result: LintResult | undefined): string {
  const messages = result?.beyondHelm ?? []
  return messages.length === 0 ? '' : [`==> Beyond Helm: ${path}`, ...messages.map(messageLine), ''].map(line => `${line}\n`).join('')
}

function isNotable ({ messages, failed }: LintResult): boolean {
  return failed || messages.some(({ severity }) => severity !== 'INFO')
}
