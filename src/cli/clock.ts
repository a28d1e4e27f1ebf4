import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../kube/clock.js'
import type { CliContext } from './command.js'

/** The time as the cluster's client takes it, made of the command's clock. */
export function clockOf (context: CliContext): Clock {
  return {
    now: context.clock,
    sleep: async (milliseconds, signal) => {
      await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal })
    }
  }
}
