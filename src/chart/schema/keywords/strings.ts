import { englishCount } from '../english.js'
import { quote } from '../failure.js'
import type { Frame } from '../frame.js'
import type { Check } from '../node.js'
import type { KeywordReader } from './keyword-reader.js'

type TextCheck = (frame: Frame, text: string) => void

/** The keywords for strings. Lengths count code points; `contentEncoding` and its kin are notes, as by default in the library that Helm uses. */
export function stringChecks (keywords: KeywordReader): Check[] {
  if (!keywords.has('validation')) return []
  const checks = [lengthCheck(keywords), patternCheck(keywords)]
  return checks.filter(check => check !== undefined).map(check => frame => {
    if (typeof frame.value === 'string') check(frame, frame.value)
  })
}

function lengthCheck (keywords: KeywordReader): TextCheck | undefined {
  const least = keywords.count('minLength')
  const most = keywords.count('maxLength')
  if (least === undefined && most === undefined) return undefined
  return (frame, text) => {
    frame.run.budget.spend(text.length >> 10)
    const length = codePoints(text)
    if (least !== undefined && length < least) frame.fail(() => `minLength: got ${englishCount(length)}, want ${englishCount(least)}`)
    if (most !== undefined && length > most) frame.fail(() => `maxLength: got ${englishCount(length)}, want ${englishCount(most)}`)
  }
}

function codePoints (text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    if ((text.codePointAt(at) ?? 0) > 0xffff) at++
    count++
  }
  return count
}

function patternCheck (keywords: KeywordReader): TextCheck | undefined {
  const expression = keywords.text('pattern')
  if (expression === undefined) return undefined
  const pattern = keywords.pattern(expression, 'pattern')
  const states = expression.length * Math.max(1, ...Array.from(expression.matchAll(/\{(\d+)(?:,(\d*))?\}/g), ([, least, most]) => Number(most ?? '') || Number(least)))
  return (frame, text) => {
    // RE2 goes through the text once, with as many states as the expression has when its repetitions are written out.
    frame.run.budget.spend(1 + Math.floor(states * text.length / 1024))
    if (!pattern.test(text)) frame.fail(() => `${quote(text)} does not match pattern ${quote(expression)}`)
  }
}
