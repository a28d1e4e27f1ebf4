import { text } from 'node:stream/consumers'
import { CatalogError } from './errors.js'
import { archiveName, checkArchiveName, provenanceName } from './names.js'
import type { Spooled } from './spool.js'

/** What a provenance file may have: it holds a Chart.yaml and one line for the archive. */
const maxSize = 5 * 1024 * 1024

const opening = '-----BEGIN PGP SIGNED MESSAGE-----'

/**
 * Reads from a provenance file which archive it belongs to. As ChartMuseum, it looks at nothing but the opening line and the first
 * lines that start with `name:` and `version:`; the signature is the client's to verify, and the chart need not be there.
 * Quotes around a value (Helm writes `version: "1.0"`, since it would be a number without) are taken away, so that the file
 * has the name under which Helm asks for it.
 *
 * @returns the name to store it under, `NAME-VERSION.tgz.prov`
 * @throws {CatalogError} `invalid-provenance`
 */
export async function readProvenance (spooled: Spooled): Promise<string> {
  if (spooled.size > maxSize) throw invalid()
  const content = await text(spooled.open())
  const name = valueOf(content, 'name')
  const version = valueOf(content, 'version')
  if (!content.startsWith(opening) || ['', '.', '..'].includes(name) || version === '') throw invalid()
  const archive = archiveName(name, version)
  checkArchiveName(archive, 'invalid-provenance')
  return provenanceName(archive)
}

/**
 * Whether a file of the store can be a provenance file, whatever it is called.
 *
 * @throws {CatalogError} `invalid-provenance`
 */
export async function checkProvenance (spooled: Spooled): Promise<void> {
  if (spooled.size > maxSize || !(await text(spooled.open())).startsWith(opening)) throw invalid()
}

/** The value of a field at the beginning of a line, after one blank or asterisk. */
function valueOf (content: string, field: string): string {
  const value = new RegExp(`\\n${field}:[ *](.+)`).exec(content)?.[1]?.trimEnd() ?? ''
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
}

function invalid (): CatalogError {
  return new CatalogError('invalid-provenance', 'invalid provenance file')
}
