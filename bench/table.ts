/** A line of a table: a name, then figures. */
export function row ([name = '', ...cells]: readonly string[]): string {
  return [name.padEnd(24), ...cells.map(cell => cell.padStart(11))].join(' ')
}

/** Helm's figure, ours, and the ratio: below 1 ours is the smaller. */
export function columns ([helm = NaN, ours = NaN]: readonly number[]): string[] {
  return [helm.toFixed(0), ours.toFixed(0), (ours / helm).toFixed(2)]
}

export function print (line: string): void {
  process.stdout.write(`${line}\n`)
}
