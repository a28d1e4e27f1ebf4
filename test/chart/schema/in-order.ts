interface Line {
  readonly text: string
  readonly below: Line[]
}

/**
 * A complaint with what Go leaves to chance put in order: the properties of an object are looked at in random order there.
 *
 * @param text lines, each with its causes indented below it
 */
export function inOrder (text: string): string {
  const root: Line = { text: '', below: [] }
  const path = [root]
  for (const line of text.split('\n')) {
    const depth = /^ *(?=- at )/.exec(line)?.[0].length ?? 0
    const level = line.startsWith('- at ', depth) ? depth / 2 + 1 : 1
    const entry: Line = { text: namesInOrder(line), below: [] }
    path.length = level
    path.at(-1)?.below.push(entry)
    path.push(entry)
  }
  return printed(root.below).join('\n')
}

/** Runs of complaints are sorted; a chart's name keeps its place before its own. */
function printed (lines: readonly Line[]): string[] {
  const out: string[] = []
  let run: string[] = []
  for (const { text, below } of lines) {
    if (/^ *- at /.test(text)) {
      run.push([text, ...printed(below)].join('\n'))
    } else {
      out.push(...run.sort(), text)
      run = []
    }
  }
  return [...out, ...run.sort()]
}

function namesInOrder (line: string): string {
  return line
    .replace(/(?<=additional properties )('.*')(?= not allowed)/, names => names.split(', ').sort().join(', '))
    // Of these Helm may name another place of the same depth: that of the property which it happened to look at last.
    .replace(/(?<=- at )'\/.*'(?=: invalid propertyName)/, '?')
}
