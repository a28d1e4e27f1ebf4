import type { WaitingFor, WaitLook } from '../../kube/wait-progress.js'
import { plainLine } from './plain-line.js'

/** Reasons are told up to so many characters: an Event may hold a page. */
const maxReason = 500

/** `Deployment default/web`, fit for a terminal. */
export function objectText ({ kind, namespace, name }: WaitingFor): string {
  return plainLine(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`)
}

/** How far an object is, in a few words. */
export function stateText ({ status: { progress, message } }: WaitingFor, goal: WaitLook['goal']): string {
  if (goal === 'gone') return progress === 'Terminating' ? 'being deleted' : 'still there'
  const words = plainLine(message) || progress
  return progress === 'Failed' ? `failed: ${words}` : words
}

/** Why it is not further, a text each. */
export function reasonTexts ({ reasons }: WaitingFor): string[] {
  return reasons.map(reason => plainLine(reason)).map(text => text.length <= maxReason ? text : `${text.slice(0, maxReason)}…`)
}

/** `42s`, `3m7s`. */
export function ageText (milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}
