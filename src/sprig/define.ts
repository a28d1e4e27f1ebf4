import { NilMap } from '../go/nil-map.js'
import { Int, type Dict, type GoFunc, type IntKind, type List, type ParamType, type Value } from '../go/value.js'

/** Functions by the name that templates call them by. */
export type FunctionTable = ReadonlyMap<string, GoFunc>

/** What a function written here gets for a parameter of each type: Go's `int` comes as a number, as it counts and cuts. */
export type ArgumentOf<P extends ParamType> =
  P extends 'any' | 'reflect' ? Value
    : P extends 'string' ? string
      : P extends 'bool' ? boolean
        : P extends 'int' | 'float64' ? number
          : P extends 'bytes' ? Uint8Array
            : P extends 'list' | 'strings' ? List
              : P extends 'dict' ? Dict
                : P extends IntKind ? Int
                  : Value

type ArgumentsOf<P extends readonly ParamType[]> = { [I in keyof P]: ArgumentOf<P[I]> }

/**
 * Makes a function of a fixed number of parameters.
 *
 * @param params the Go types of its parameters
 * @param call the function; its arguments were checked and brought to their TypeScript types before
 * @returns what a template can call
 */
export function define<const P extends readonly ParamType[]> (params: P, call: (...args: ArgumentsOf<P>) => Value): GoFunc {
  // The template engine has checked the arguments against `params`, and `fit` shapes each: they are what the tuple says.
  return { params, call: (...args) => call(...args.map((arg, i) => fit(params[i] ?? 'any', arg)) as ArgumentsOf<P>) }
}

/**
 * Makes a function whose last parameter may come any number of times.
 *
 * @param params the Go types of the parameters before it
 * @param rest the Go type of the repeated one
 * @param call the function, as with `define`
 * @returns what a template can call
 */
export function variadic<const P extends readonly ParamType[], R extends ParamType> (
  params: P,
  rest: R,
  call: (...args: [...ArgumentsOf<P>, ...Array<ArgumentOf<R>>]) => Value
): GoFunc {
  return {
    params: [...params, rest],
    variadic: true,
    // As in `define`.
    call: (...args) => call(...args.map((arg, i) => fit(params[i] ?? rest, arg)) as [...ArgumentsOf<P>, ...Array<ArgumentOf<R>>])
  }
}

function fit (type: ParamType, value: Value): unknown {
  if (type === 'int' && value instanceof Int) return Number(value.value)
  if (type === 'dict' && value === null) return new NilMap()
  if (value === null && (type === 'list' || type === 'strings')) return []
  return value
}
