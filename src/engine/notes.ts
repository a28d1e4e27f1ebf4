import { compareBytes } from '../go/bytes.js'

const suffix = 'NOTES.txt'

/** Rendered files without the notes, and the notes. */
export interface TakenNotes {
  readonly files: Map<string, string>
  readonly notes: string
}

/**
 * Takes the notes out of rendered files: every file whose path ends in NOTES.txt is one, and never a manifest.
 *
 * @param rendered texts by path
 * @param chartName the root chart's name: its own notes are those that count
 * @param withSubcharts whether those of sub-charts count too (--render-subchart-notes); Helm joins them in no order, here they go by path
 * @returns the other files, and the notes' text
 */
export function takeNotes (rendered: ReadonlyMap<string, string>, chartName: string, withSubcharts = false): TakenNotes {
  const files = new Map([...rendered].filter(([path]) => !path.endsWith(suffix)))
  const notes = [...rendered]
    .filter(([path]) => path.endsWith(suffix) && (withSubcharts || path === `${chartName}/templates/${suffix}`))
    .sort(([a], [b]) => compareBytes(a, b))
    .reduce((text, [, note]) => text === '' ? note : `${text}\n${note}`, '')
  return { files, notes }
}
