import type { RenderContext } from '../action/context.js'
import { GoTime } from '../go/time.js'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { slogTo } from './output/slog.js'

/**
 * What rendering takes from the command's world.
 *
 * @param context the command's
 * @param flags the call's (`--debug`)
 */
export function renderContext (context: CliContext, flags: Flags): RenderContext {
  return {
    clock: context.clock,
    random: context.random,
    log: slogTo(context.stderr, flags.bool('debug')),
    now: () => {
      const date = context.clock()
      return GoTime.fromDate(date.getTime(), 0, -date.getTimezoneOffset())
    }
  }
}
