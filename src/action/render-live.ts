import type { Capabilities } from '../engine/capabilities.js'
import { EngineError } from '../engine/errors.js'
import { messageOf } from '../errors.js'
import type { ObjectReader } from '../kube/client.js'
import { chartLog } from './chart-log.js'
import type { RenderContext } from './context.js'
import { HostNames } from './host-names.js'
import type { Log } from './log.js'
import { LookUps } from './look-ups.js'
import { assembleRelease, renderTemplates, type RenderedRelease, type RenderedTemplates, type RenderOptions } from './render-release.js'
import { withValidation } from './schema-validation.js'

/** How often a chart is rendered at most: each time what it looks up may depend on what it found before. */
const maxRounds = 16

/** What rendering may ask of the world: the cluster's objects, addresses of hosts, a post-renderer. */
export interface LiveContext extends RenderContext {
  readonly objects?: ObjectReader
}

/**
 * Renders a chart with what its templates look up in the cluster and the names they resolve, and has it changed by the post-renderer. A failure
 * counts only when everything that was looked up is there: templates may fail for want of it.
 *
 * @param context the cluster, names, the post-renderer, time and chance
 * @param options what is rendered
 * @param capabilities of the cluster
 * @throws {EngineError|ChartError}
 */
export async function renderLive (context: LiveContext, options: RenderOptions, capabilities: Capabilities): Promise<RenderedRelease> {
  const templates = await postRendered(context, await renderInRounds(context, options, capabilities))
  return assembleRelease({ ...templates, input: { ...templates.input, warn: chartLog(context.log) } }, options)
}

async function renderInRounds (context: LiveContext, options: RenderOptions, capabilities: Capabilities): Promise<RenderedTemplates> {
  const lookUps = new LookUps()
  const hosts = new HostNames()
  const found = { ...context.objects === undefined ? {} : { lookUp: lookUps.find }, ...context.resolveHost === undefined ? {} : { hostByName: hosts.find } }
  const checked = await withValidation(context, options)
  for (let round = 1; ; round++) {
    const lines: Array<Parameters<Log>> = []
    const log: Log = (...line) => { lines.push(line) }
    const outcome = attempt(() => renderTemplates({ ...checked, log, ...found }, options, capabilities))
    const objects = context.objects !== undefined && round < maxRounds && await lookUps.fetch(context.objects)
    const names = context.resolveHost !== undefined && round < maxRounds && await hosts.fetch(context.resolveHost)
    if (objects || names) continue
    for (const line of lines) context.log(...line)
    if (outcome instanceof Failure) throw outcome.error
    return outcome
  }
}

/** What the post-renderer makes of the files. Its code is loaded only for who has one. */
async function postRendered ({ postRender }: LiveContext, templates: RenderedTemplates): Promise<RenderedTemplates> {
  if (postRender === undefined) return templates
  const { mergeFiles, splitFiles } = await import('../engine/post-render.js')
  const merged = worded('error merging manifests', () => mergeFiles(templates.rendered.files))
  const changed = await postRender(merged).catch((error: unknown) => { throw failure('error while running post render on files', error) })
  const files = worded('error while parsing post rendered output', () => splitFiles(changed))
  return { ...templates, rendered: { ...templates.rendered, files } }
}

function worded<T> (what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw failure(what, error)
  }
}

function failure (what: string, cause: unknown): EngineError {
  return new EngineError('post-render', `${what}: ${messageOf(cause)}`, { cause })
}

class Failure {
  readonly error: unknown

  constructor (error: unknown) {
    this.error = error
  }
}

function attempt<T> (work: () => T): T | Failure {
  try {
    return work()
  } catch (error) {
    return new Failure(error)
  }
}
