import type { WaitProgress } from '../kube/wait-progress.js'
import type { CliContext, Flag } from './command.js'
import type { Flags } from './flags.js'
import { ProgressLines } from './output/progress-lines.js'
import { ProgressView } from './output/progress-view.js'

/** `--no-progress` of the commands that wait. */
export const noProgressFlag: Flag = {
  name: 'no-progress', type: 'bool', usage: 'do not tell on stderr what is waited for, and why. Otherwise a terminal shows it while it lasts; elsewhere lines are printed of objects that take more than ten seconds'
}

/**
 * Who is told how waiting goes: the terminal, where stderr is one that can be drawn on, or stderr; nobody with `--no-progress`.
 *
 * @param context the command's
 * @param flags the call's
 */
export function progressOf ({ live, stderr }: CliContext, flags: Flags): WaitProgress | undefined {
  if (flags.bool('no-progress')) return undefined
  return live?.size() === undefined ? new ProgressLines(stderr) : new ProgressView(live, stderr)
}
