import type { Capabilities } from '../engine/capabilities.js'
import type { ActionContext } from './context.js'
import type { Log } from './log.js'
import { LookUps } from './look-ups.js'
import { withValidation } from './schema-validation.js'
import { renderRelease, type RenderedRelease, type RenderOptions } from './render-release.js'

/** How often a chart is rendered at most: each time what it looks up may depend on what it found before. */
const maxRounds = 16

/**
 * Renders a chart with what its templates look up in the cluster. A failure counts only when everything that was looked up is there:
 * templates may fail for want of it.
 *
 * @param context the cluster, time and chance
 * @param options what is rendered
 * @param capabilities of the cluster
 * @throws {EngineError|ChartError}
 */
export async function renderLive (context: ActionContext, options: RenderOptions, capabilities: Capabilities): Promise<RenderedRelease> {
  const lookUps = new LookUps()
  const checked = await withValidation(context, options)
  for (let round = 1; ; round++) {
    const lines: Array<Parameters<Log>> = []
    const log: Log = (...line) => { lines.push(line) }
    const outcome = attempt(() => renderRelease({ ...checked, log, lookUp: lookUps.find }, options, capabilities))
    const more = context.objects !== undefined && round < maxRounds && await lookUps.fetch(context.objects)
    if (more) continue
    for (const line of lines) context.log(...line)
    if (outcome instanceof Failure) throw outcome.error
    return outcome
  }
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
