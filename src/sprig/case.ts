import { define, type FunctionTable } from './define.js'
import { runesOf } from './text.js'
import { isDigit, isLetter, isLower, isSpace, isTitle, isUpper, mapRunes, toLower, toTitle, toUpper } from './unicode.js'
import { isConnector, separateWords } from './word-case.js'

/** Sprig's functions that change case: Go's strings package, goutils' word functions and huandu/xstrings' conversions. */
export const caseFunctions: FunctionTable = new Map([
  ['upper', define(['string'], text => mapRunes(text, toUpper))],
  ['lower', define(['string'], text => mapRunes(text, toLower))],
  ['title', define(['string'], title)],
  ['untitle', define(['string'], untitle)],
  ['swapcase', define(['string'], swapCase)],
  ['camelcase', define(['string'], pascalCase)],
  ['snakecase', define(['string'], text => separateWords(text, '_'))],
  ['kebabcase', define(['string'], text => separateWords(text, '-'))]
])

/** Go's strings.Title: the first letter of each word; in ASCII everything but letters, digits and the underscore ends a word. */
function title (text: string): string {
  let previous = ' '
  return mapRunes(text, rune => {
    const starts = isSeparator(previous)
    previous = rune
    return starts ? toTitle(rune) : rune
  })
}

function isSeparator (rune: string): boolean {
  if (/^[\0-\x7f]$/.test(rune)) return !/^\w$/.test(rune)
  return !isLetter(rune) && !isDigit(rune) && isSpace(rune)
}

/** Lowers the first character of each word; only white space ends a word. */
function untitle (text: string): string {
  let starts = true
  return mapRunes(text, rune => {
    const lowered = starts && !isSpace(rune) ? toLower(rune) : rune
    starts = isSpace(rune)
    return lowered
  })
}

/** Upper and title case become lower case; lower case becomes upper case, or title case at the start of a word. */
function swapCase (text: string): string {
  let starts = true
  return mapRunes(text, rune => {
    if (isUpper(rune) || isTitle(rune)) {
      starts = false
      return toLower(rune)
    }
    if (isLower(rune)) {
      const swapped = starts ? toTitle(rune) : toUpper(rune)
      starts = false
      return swapped
    }
    starts = isSpace(rune)
    return rune
  })
}

/**
 * Joins words, each with a capital: the connectors between words vanish, but those at the start, the last one at the end, and all but one
 * of several in a row stay.
 */
function pascalCase (text: string): string {
  const runes = runesOf(text)
  const start = runes.findIndex(rune => !isConnector(rune))
  // xstrings repeats the last character of a text that is connectors alone.
  if (start === -1) return text + (runes.at(-1) ?? '')
  let done = runes.slice(0, start).join('')
  let pending = toUpper(runes[start] ?? '')
  let lowers = isUpper(runes[start] ?? '')
  for (const rune of runes.slice(start + 1)) {
    let next = rune
    if (!isConnector(pending)) {
      // Capitals that follow a capital are lowered, until the first character that is none.
      lowers = lowers && isUpper(rune)
      if (lowers) next = toLower(rune)
      done += pending
    } else if (isConnector(rune)) {
      done += pending
    } else {
      lowers = isUpper(rune)
      next = toUpper(rune)
    }
    pending = next
  }
  return done + pending
}
