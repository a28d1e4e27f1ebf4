import type { ManifestError } from './errors.js'

/** So many lines are shown before and after the one at fault. */
const around = 4

/** Longer lines are cut. */
const widest = 160

/**
 * The rendered lines around what cannot be read, with their numbers in the rendered file and a mark where the fault was found.
 *
 * @param error which document of which template
 * @param options `secrets`: whether a Secret's lines may be shown
 * @returns lines, each with a line feed
 */
export function faultPage ({ path, document, files, message }: ManifestError, { secrets }: { readonly secrets: boolean }): string {
  const before = linesBefore(files.get(path) ?? '', document)
  const place = before === 0 ? '' : ` (a document that starts at line ${before + 1})`
  if (!secrets && /^kind:\s*["']?Secret\b/m.test(document)) return `${path}, as rendered${place}, is a Secret: its lines are shown with --debug only\n`
  const lines = document.replace(/\n+$/, '').split('\n')
  const fault = faultLine(message, lines.length)
  const first = Math.max(0, (fault ?? 1) - 1 - around)
  const shown = lines.slice(first, (fault ?? 1) + around)
  const width = String(before + first + shown.length).length
  return [
    `${path}, as rendered${place}:`,
    ...shown.map((line, i) => `${first + i + 1 === fault ? '>' : ' '} ${String(before + first + i + 1).padStart(width)} | ${cut(line)}`)
  ].map(line => `${line.trimEnd()}\n`).join('')
}

/** The line that the parser names, in the document; undefined when it names none. */
function faultLine (message: string, count: number): number | undefined {
  const line = Number(/yaml: line (\d+):/.exec(message)?.[1])
  return Number.isInteger(line) ? Math.min(Math.max(line, 1), count) : undefined
}

function linesBefore (text: string, document: string): number {
  const at = text.indexOf(document)
  return at < 0 ? 0 : text.slice(0, at).split('\n').length - 1
}

/** What would steer a terminal is not shown. */
function cut (line: string): string {
  const plain = line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '\ufffd')
  return plain.length > widest ? `${plain.slice(0, widest)}…` : plain
}
