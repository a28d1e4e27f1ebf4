import type { Failure } from './failure.js'
import type { Frame } from './frame.js'

/** A check that ends the work on a value: gives what is wrong, or undefined. */
export type Gate = (frame: Frame) => Failure | undefined

/** A check beside others: tells the frame what is wrong. It is asked for values of every type. */
export type Check = (frame: Frame) => void

/**
 * A schema, compiled. Schemas refer to each other in circles, so that nodes are made first and filled when their turn comes;
 * once compiled, nothing in them changes.
 */
export class SchemaNode {
  /** Where it stands: address, `#`, and pointer. */
  readonly location: string
  version = 2020
  /** What the schemas `true`, `false` and `{}` say without looking. */
  constant: boolean | undefined
  /** The schema with the address that this one belongs to. */
  resource: SchemaNode = this
  recursiveAnchor = false
  dynamicAnchor = ''
  readonly dynamicAnchors = new Map<string, SchemaNode>()
  /** Run in order until one fails. */
  readonly gates: Gate[] = []
  /** The target of `$ref`, in the drafts in which nothing else counts beside it. */
  onlyRef: SchemaNode | undefined
  /** Run one and all, in order. */
  readonly checks: Check[] = []
  /** Whether all properties, all items, or so many first items are looked at by its own keywords. */
  evaluatesProperties = false
  evaluatesItems = false
  evaluatedItems = 0
  /** Whether `unevaluatedProperties` and `unevaluatedItems` stand in it. */
  wantsProperties = false
  wantsItems = false

  constructor (location: string) {
    this.location = location
  }
}
