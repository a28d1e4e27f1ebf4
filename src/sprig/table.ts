import type { GoFunc } from '../go/value.js'
import { caseFunctions } from './case.js'
import { castFunctions } from './casts.js'
import { certificateFunctions } from './certificates.js'
import { counted } from './costs.js'
import { dateFunctions } from './dates.js'
import { defaultFunctions } from './defaults.js'
import { dictFunctions } from './dicts.js'
import { digestFunctions } from './digest.js'
import { encodingFunctions } from './encoding.js'
import { define } from './define.js'
import { SprigError } from './errors.js'
import { jsonFunctions } from './json.js'
import { listFunctions } from './lists.js'
import { mathFunctions } from './math.js'
import { pathFunctions } from './paths.js'
import { randomFunctions } from './random.js'
import { regexFunctions } from './regex.js'
import { secretFunctions } from './secrets.js'
import { semverFunctions } from './semver.js'
import type { Sources } from './sources.js'
import { stringFunctions } from './strings.js'
import { typeFunctions } from './types.js'
import { urlFunctions } from './urls.js'
import { wordFunctions } from './words.js'

/**
 * Sprig 3.3.0's functions for templates, by name. `env`, `expandenv` and `getHostByName` are not among them: rendering sees neither
 * environment nor network. A function that is not here is unknown to the parser, which says so.
 *
 * @param sources the clock and the random bytes that some of them use
 * @returns the functions, made anew: patterns that they compile are cached as long as the table lives
 */
export function sprigFunctions (sources: Sources): ReadonlyMap<string, GoFunc> {
  return counted(new Map([
    ...stringFunctions, ...caseFunctions, ...wordFunctions, ...castFunctions, ...mathFunctions, ...listFunctions, ...dictFunctions,
    ...defaultFunctions, ...typeFunctions, ...jsonFunctions, ...encodingFunctions, ...digestFunctions, ...regexFunctions(sources),
    ...semverFunctions, ...pathFunctions, ...urlFunctions, ...randomFunctions(sources), ...dateFunctions(sources), ...certificateFunctions(sources),
    ...secretFunctions(sources),
    ['fail', define(['string'], message => {
      throw new SprigError('failed', message)
    })]
  ]))
}
