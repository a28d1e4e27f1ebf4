import type { Value } from '../go/value.js'
import { messageOf } from '../errors.js'
import { KubeError } from './errors.js'
import { JsonPathError } from './json-path-error.js'
import { parseJsonPath, type Path } from './json-path-parser.js'
import { findValues, printValue } from './json-path.js'
import type { KubeObject } from './objects.js'
import type { ObjectStatus } from './ready.js'
import type { Resource } from './resource.js'

/** An object as a user names it. */
export interface ObjectName {
  /** The kind or its plural, in any case. */
  readonly kind: string
  /** The API group; whichever has the kind when left out. */
  readonly group?: string
  readonly name: string
}

/** A condition on an object, as a user writes it: `deployment/web={.status.readyReplicas}=3`. */
export interface Condition extends ObjectName {
  readonly path: Path
  /** The path as it was written, with its braces. */
  readonly pathText: string
  /** What every value at the path is to print as; that there is one, and none is empty, when left out. */
  readonly value?: string
}

/** A condition, and the object that is to meet it. */
export interface ConditionOn {
  readonly resource: Resource
  readonly condition: Condition
}

/** The kind may have its group behind it; the path ends with the brace that closes it, which quotes may hide others of. */
const form = /^([a-z][a-z0-9]*)(?:\.([a-z0-9.-]+))?\/([^/={}]+)=(\{(?:[^{}'"]|'[^']*'|"[^"]*")*\})(?:=(.*))?$/is

/**
 * Reads `KIND[.GROUP]/NAME=JSONPATH[=VALUE]`. The path is kubectl's, in braces: fields, indexes, `[*]`, filters such as
 * `[?(@.type=="Ready")]`. Quotes around the value are not part of it.
 *
 * @param text the condition
 * @throws {KubeError} condition, saying what is wrong
 */
export function parseCondition (text: string): Condition {
  const [, kind = '', group, name = '', pathText = '', value] = form.exec(text) ?? []
  if (kind === '') throw new KubeError('condition', `expected KIND/NAME={JSONPATH} or KIND/NAME={JSONPATH}=VALUE: ${faultIn(text)}`)
  const wanted = value === undefined ? undefined : value.replace(/^(['"])(.*)\1$/s, '$2').trim()
  if (wanted === '') throw new KubeError('condition', 'nothing stands behind the last "=": leave it out, if any value will do')
  return { kind, ...group === undefined ? {} : { group }, name, path: pathIn(pathText), pathText, ...wanted === undefined ? {} : { value: wanted } }
}

function faultIn (text: string): string {
  const slash = text.indexOf('/')
  const equals = text.indexOf('=')
  if (slash <= 0 || (equals >= 0 && slash > equals)) return 'there is no KIND/ at its beginning'
  if (equals < 0) return 'there is no "=" behind the name'
  if (equals === slash + 1) return 'the name is missing'
  if (text.charAt(equals + 1) !== '{') return 'the path must stand in braces, such as {.status.phase}'
  return /\}/.test(text) ? 'what stands behind the path must begin with "="' : 'the brace of the path is not closed'
}

function pathIn (text: string): Path {
  try {
    const [piece] = parseJsonPath(text)
    if (piece?.kind === 'path' && piece.path[0] !== undefined && piece.path[0].kind !== 'literal') return piece.path
  } catch (error) {
    throw new KubeError('condition', `the path ${text} cannot be read: ${messageOf(error)}`, { cause: error })
  }
  throw new KubeError('condition', `the path ${text} leads to no field: expected something like {.status.phase}`)
}

/**
 * Whether an object meets a condition; otherwise what there is instead.
 *
 * @param live the object
 * @param condition what is wanted
 */
export function conditionStatus (live: KubeObject, { path, pathText, value }: Condition): ObjectStatus {
  try {
    const found = findValues(path, live)
    if (found.length === 0) return unmet(`${pathText} is not there`)
    if (value === undefined) return found.some(isEmpty) ? unmet(`${pathText} is empty`) : met
    const other = found.map(printValue).find(text => text.trim() !== value)
    return other === undefined ? met : unmet(`${pathText} is ${other}, not ${value}`)
  } catch (error) {
    if (error instanceof JsonPathError) return unmet(`${pathText}: ${error.message}`)
    throw error
  }
}

const met: ObjectStatus = { progress: 'Current', message: 'The condition is met' }

function unmet (message: string): ObjectStatus {
  return { progress: 'InProgress', message }
}

function isEmpty (value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0)
}
