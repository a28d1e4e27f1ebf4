import { kindOf, typeOf } from '../go/type-name.js'
import { define, type FunctionTable } from './define.js'
import { deepEqual } from './equal.js'

/** Sprig's functions that look at types. */
export const typeFunctions: FunctionTable = new Map([
  ['typeOf', define(['any'], typeOf)],
  ['typeIs', define(['string', 'any'], (name, value) => typeOf(value) === name)],
  ['typeIsLike', define(['string', 'any'], (name, value) => [name, `*${name}`].includes(typeOf(value)))],
  ['kindOf', define(['any'], kindOf)],
  ['kindIs', define(['string', 'any'], (name, value) => kindOf(value) === name)],
  ['deepEqual', define(['any', 'any'], deepEqual)]
])
