import { createHash } from 'node:crypto'
import { type Chart } from '../../src/chart/chart.js'
import { loadFiles } from '../../src/chart/load-files.js'
import { parseSet, parseSetJson, parseSetString } from '../../src/chart/strvals.js'
import { decode, encode, toValidUtf8 } from '../../src/go/bytes.js'
import { defaultCapabilities, type Capabilities } from '../../src/engine/capabilities.js'
import { renderChart, type RenderedChart } from '../../src/engine/render-chart.js'
import { sourceBlock } from '../../src/engine/manifest.js'
import type { Dict } from '../../src/go/value.js'
import type { Sources } from '../../src/sprig/sources.js'
import { templateOf, type RecordedCase } from '../compat/case-file.js'

/** What the recorder's chart file says. */
const chartFile = 'apiVersion: v2\nname: case\nversion: 1.0.0\n'

/** What Helm adds when a release could be made, but not printed. */
const debugHint = '\n\nUse --debug flag to render out invalid YAML'

/**
 * A clock that stands still, and random bytes that are the same in every run (digests of a counter).
 *
 * @returns new sources, from the beginning
 */
export function fixedSources (): Sources {
  let block = 0
  const random = (size: number): Uint8Array => {
    const blocks = Array.from({ length: Math.ceil(size / 32) }, () => createHash('sha256').update(String(block++)).digest())
    return Buffer.concat(blocks).subarray(0, size)
  }
  return { clock: () => new Date('2024-05-06T07:08:09Z'), random }
}

/**
 * A chart of texts.
 *
 * @param files its files by name
 * @returns the loaded chart
 */
export function chartOf (files: Readonly<Record<string, string>>): Chart {
  return loadFiles(Object.entries(files).map(([name, text]) => ({ name, data: encode(text) })))
}

/**
 * Renders a chart as `helm template release ./case` does.
 *
 * @param chart the chart
 * @param from the cluster, Helm's defaults unless given; and the values that the command line sets
 * @returns what it gives
 */
export function renderRelease (
  chart: Chart,
  { capabilities = defaultCapabilities(), values = new Map() }: { capabilities?: Capabilities, values?: Dict } = {}
): RenderedChart {
  const release = { name: 'release', namespace: 'default', revision: 1, isInstall: true, isUpgrade: false }
  return renderChart({ dependencyFailure: 'chart dependencies processing failed', ...fixedSources(), chart, values, release, capabilities })
}

/**
 * What `helm template` prints of a rendered chart.
 *
 * @param rendered the chart
 * @returns the manifest, then the hooks
 */
export function printed (rendered: RenderedChart): string {
  return `${rendered.manifest.trim()}\n${rendered.hooks.map(hook => sourceBlock(hook.path, hook.manifest)).join('')}`
}

/**
 * Runs a recorded case as the recorder ran it.
 *
 * @param found the case
 * @returns what Helm would have answered: the output, or the error from `Error:` on
 */
export function answer (found: RecordedCase): { output: string } | { error: string } {
  try {
    return { output: output(found) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { error: `Error: ${toValidUtf8(error.message)}` }
  }
}

/**
 * What Helm's recorded answer says, in the form of `answer`.
 *
 * @param found the case
 * @returns its output, or its error without the hint that Helm's command line adds
 */
export function recordedAnswer ({ result }: RecordedCase): { output: string } | { error: string } {
  if (result.error !== undefined) return { error: result.error.replace(debugHint, '') }
  return { output: result.outputBase64 === undefined ? result.output ?? '' : decode(Buffer.from(result.outputBase64, 'base64')) }
}

const setters = new Map([['--set', parseSet], ['--set-string', parseSetString], ['--set-json', parseSetJson]])

/** What `--set` and its like give. */
function setValues (args: readonly string[]): Dict {
  const values: Dict = new Map()
  for (let i = 0; i < args.length; i += 2) {
    const set = setters.get(args[i] ?? '')
    if (set === undefined) throw new Error(`a case in the engine cannot have ${args[i] ?? ''}`)
    set(values, args[i + 1] ?? '')
  }
  return values
}

function output (found: RecordedCase): string {
  const bare = found.fails === true || found.manifest === true
  const shared = !bare && found.files === undefined && found.args === undefined
  const scope = shared ? '(dict "Values" (index .Values "case-0000") "Chart" .Chart "Release" .Release "Capabilities" .Capabilities "Files" .Files "Template" .Template "Subcharts" .Subcharts)' : '.'
  const template = templateOf(found)
  const files = {
    'Chart.yaml': chartFile,
    'values.yaml': shared ? `case-0000:\n${(found.values ?? '{}').replace(/^(?=.)/gm, '  ')}\n` : found.values ?? '',
    ...(bare
      ? template === '' ? {} : { 'templates/case.yaml': template }
      : { 'templates/_case-0000.tpl': template, 'templates/case-0000.yaml': `# {{ include "case/templates/_case-0000.tpl" ${scope} | b64enc }}` }),
    ...found.files
  }
  const rendered = renderRelease(chartOf(files), { values: setValues(found.args ?? []) })
  if (bare) return printed(rendered)
  return decode(Buffer.from(/^# Source: .*\n# (.*)$/m.exec(rendered.manifest)?.[1] ?? '', 'base64'))
}
