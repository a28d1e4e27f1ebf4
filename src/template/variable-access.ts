import type { Value } from '../go/value.js'
import { failAt, type Evaluate } from './argument.js'
import type { VariableNode } from './ast.js'
import { Complex } from '../go/complex.js'
import type { Frame } from './execution.js'
import type { Reflected } from './reflect.js'
import type { Variable } from './variables.js'

/** In the slot of a variable whose declaration was passed over. */
export const undeclared: Value = new Complex(NaN, NaN)

/** A value put into a variable. */
export type Store = (frame: Frame, value: Reflected) => void

/** A variable that a pipeline gives a value. */
export interface DeclaredVariable {
  readonly name: string
  /** What the name may mean, innermost first; none when it was assigned but never declared. */
  readonly candidates: readonly Variable[]
  readonly isAssign: boolean
}

/**
 * What reads a variable.
 *
 * @param node the variable
 * @param candidates what its name may mean, innermost first
 * @returns the evaluation; it fails when the variable was never declared
 */
export function readFrom (node: VariableNode, candidates: readonly Variable[]): Evaluate {
  const [first] = candidates
  if (first === undefined) return failAt(node, `undefined variable: ${node.name}`)
  const { slot, isConditional } = first
  if (!isConditional) {
    return frame => {
      frame.node = node
      return frame.vars[slot]
    }
  }
  return frame => {
    frame.node = node
    return frame.vars[declaredSlot(frame, node.name, candidates)]
  }
}

/**
 * What puts a value into a variable.
 *
 * @param variable the variable
 * @returns the store; it fails when the variable was never declared
 */
export function storeInto ({ name, candidates, isAssign }: DeclaredVariable): Store {
  const [first] = candidates
  if (first === undefined) return frame => frame.fail(`undefined variable: ${name}`)
  if (isAssign && first.isConditional) {
    return (frame, value) => { frame.vars[declaredSlot(frame, name, candidates)] = value }
  }
  return (frame, value) => {
    frame.vars[first.slot] = value
    if (first.takesElements) frame.markInterface(first.slot, false)
  }
}

/** The slot of the innermost variable whose declaration was not passed over. */
function declaredSlot (frame: Frame, name: string, candidates: readonly Variable[]): number {
  for (const { slot, isConditional } of candidates) {
    if (!isConditional || frame.vars[slot] !== undeclared) return slot
  }
  return frame.fail(`undefined variable: ${name}`)
}
