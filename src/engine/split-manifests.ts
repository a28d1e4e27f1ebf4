import { trimSpace } from '../sprig/unicode.js'

/**
 * Splits a text into YAML documents as Helm 4.2.4 and later do: at every line that starts with three hyphens, whatever follows on it.
 * The white space before a document is dropped, that after it stays.
 *
 * @param text rendered manifests
 * @returns the documents that hold anything but white space
 */
export function splitManifests (text: string): string[] {
  return trimStart(text).split(/^---[ \t]*/m).filter(part => trimSpace(part) !== '').map(trimStart)
}

function trimStart (text: string): string {
  const trimmed = trimSpace(text)
  return trimmed === '' ? '' : text.slice(text.indexOf(trimmed))
}
