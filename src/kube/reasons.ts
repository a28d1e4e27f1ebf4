import type { Value } from '../go/value.js'
import { at, intAt, listAt, textAt } from './objects.js'

/** How many conditions are told of one object: the rest repeats them. */
const maxConditions = 3

/**
 * What an object says itself of why it is not ready: conditions that fail, containers that wait, or finalizers when it is on its way out.
 *
 * @param object as it lives
 * @param known what is told already
 */
export function ownReasons (object: Value, known: string): string[] {
  if (textAt(object, ['metadata', 'deletionTimestamp']) !== '') return finalizers(object)
  return [...failingConditions(object, known), ...containerReasons(object)]
}

/**
 * What keeps an object that is to be deleted.
 *
 * @param object as it lives
 */
export function finalizers (object: Value): string[] {
  const names = listAt(object, 'metadata', 'finalizers').filter(each => typeof each === 'string')
  return names.length === 0 ? [] : [`finalizers: ${names.join(', ')}`]
}

/** Conditions whose being true is bad; of all others being false is. */
const bad = /Fail|Stalled|Degraded|Pressure|Disrupt|Invalid|Unavailable|Error/
/** Conditions that say neither. */
const neutral = /^(?:Reconciling|Suspended|Paused|Terminating|PodReadyToStartContainers)$/

function failingConditions (object: Value, known: string): string[] {
  const told = new Set([known])
  const reasons: string[] = []
  for (const condition of listAt(object, 'status', 'conditions')) {
    const [type, status, reason, message] = ['type', 'status', 'reason', 'message'].map(field => textAt(condition, [field]))
    const isFailing = status === (bad.test(type ?? '') ? 'True' : 'False') && !neutral.test(type ?? '')
    const words = message === '' ? reason : message
    if (!isFailing || words === undefined || words === '' || told.has(words)) continue
    told.add(words)
    reasons.push(`${type ?? ''} is ${status}: ${joined([reason, message])}`)
  }
  return reasons.slice(0, maxConditions)
}

/**
 * Why the containers of a Pod do not run; nothing for other objects.
 *
 * @param pod the object
 */
export function containerReasons (pod: Value): string[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap(list => listAt(pod, 'status', list)).flatMap(container => {
    const waiting = at(container, 'state', 'waiting')
    const reason = textAt(waiting, ['reason'])
    // Those wait for what comes before them, as they should.
    if (reason === '' || reason === 'PodInitializing' || reason === 'ContainerCreating') return []
    return [`container ${textAt(container, ['name'])}: ${joined([reason, textAt(waiting, ['message']), lastEnd(container)])}`]
  })
}

function lastEnd (container: Value): string {
  const last = at(container, 'lastState', 'terminated')
  const code = intAt(last, ['exitCode'], undefined)
  return code === undefined ? '' : `it ended with exit code ${code}${textAt(last, ['reason']) === '' ? '' : ` (${textAt(last, ['reason'])})`}`
}

/** A warning that the cluster noted about an object (core/v1 Event). */
export interface Warning {
  readonly reason: string
  readonly message: string
  readonly time: number
}

/**
 * Reads an Event; undefined when it is no warning.
 *
 * @param event of a list
 */
export function warningOf (event: Value): Warning | undefined {
  if (textAt(event, ['type']) !== 'Warning') return undefined
  const times = [['series', 'lastObservedTime'], ['lastTimestamp'], ['eventTime'], ['metadata', 'creationTimestamp']].map(path => Date.parse(textAt(event, path)))
  return { reason: textAt(event, ['reason']), message: textAt(event, ['message']), time: times.find(time => !Number.isNaN(time)) ?? 0 }
}

/**
 * The newest warnings, in words, each reason once.
 *
 * @param warnings about one object
 * @param most how many
 */
export function newestWarnings (warnings: readonly Warning[], most: number): string[] {
  const newest = new Map<string, string>()
  for (const { reason, message } of [...warnings].sort((a, b) => b.time - a.time)) {
    if (!newest.has(reason)) newest.set(reason, joined([reason, message]))
  }
  return [...newest.values()].slice(0, most)
}

function joined (parts: ReadonlyArray<string | undefined>): string {
  return parts.filter(part => part !== undefined && part !== '').join(': ')
}
