/** Where a value stands in a text; `end` is -1 when the text ends before it does. */
interface Member {
  readonly key: string
  readonly start: number
  readonly end: number
}

/** The texts of the members that a list shows: JSON each. */
export interface HeadTexts {
  readonly name: string
  readonly info: string
  /** `chart.metadata`. */
  readonly metadata: string
}

/**
 * Finds the members of a record that a list shows. Helm writes them first, so the start of a record is enough as a rule: the rest, most of
 * it, need not even be unpacked.
 *
 * @param text the JSON of a record, or its start
 * @returns undefined when not all of them stand in the text as a whole
 */
export function scanHead (text: string): HeadTexts | undefined {
  const found = new Map<string, string>()
  for (const { key, start, end } of members(text, text.indexOf('{'))) {
    if (key === 'chart' && text.charAt(start) === '{') keep('metadata', [...members(text, start)].find(member => member.key === 'metadata'))
    else if (key === 'name' || key === 'info') keep(key, { start, end })
  }
  const [name, info, metadata] = [found.get('name'), found.get('info'), found.get('metadata')]
  return name === undefined || info === undefined || metadata === undefined ? undefined : { name, info, metadata }

  function keep (key: string, place: Pick<Member, 'start' | 'end'> | undefined): void {
    if (place !== undefined && place.end >= 0) found.set(key, text.slice(place.start, place.end))
  }
}

/** The members of the object that opens at a place, as far as the text goes. */
function * members (text: string, open: number): Generator<Member> {
  let at = open < 0 ? text.length : open + 1
  for (;;) {
    const keyStart = text.indexOf('"', at)
    const keyEnd = keyStart < 0 || text.slice(at, keyStart).includes('}') ? -1 : stringEnd(text, keyStart)
    const colon = keyEnd < 0 ? -1 : text.indexOf(':', keyEnd)
    if (colon < 0) return
    const start = colon + 1 + (/^\s*/.exec(text.slice(colon + 1, colon + 100))?.[0].length ?? 0)
    const end = valueEnd(text, start)
    yield { key: text.slice(keyStart + 1, keyEnd - 1), start, end }
    if (end < 0) return
    at = end
  }
}

function valueEnd (text: string, start: number): number {
  const first = text.charAt(start)
  if (first === '"') return stringEnd(text, start)
  if (first === '{' || first === '[') return nestedEnd(text, start)
  const rest = /[\s,}\]]/g
  rest.lastIndex = start
  return rest.exec(text)?.index ?? -1
}

function nestedEnd (text: string, start: number): number {
  const marks = /["{}[\]]/g
  marks.lastIndex = start
  let depth = 0
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const mark = match[0]
    if (mark === '"') {
      const end = stringEnd(text, match.index)
      if (end < 0) return -1
      marks.lastIndex = end
    } else if (mark === '{' || mark === '[') depth++
    else if (--depth === 0) return match.index + 1
  }
  return -1
}

/** Behind the closing quote of the string that opens at a place. */
function stringEnd (text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charAt(end - 1 - slashes) === '\\') slashes++
    if (slashes % 2 === 0) return end + 1
  }
  return -1
}
