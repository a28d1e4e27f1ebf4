import { basename } from 'node:path'
import { chartArchive } from '../../helpers/chart-archive.js'
import type { LintCase } from './lint-cases.js'

/** The archives of a case, by their paths; the chart's name is the file's, without version and ending. */
export async function packedAll (archives: LintCase['archives'] = {}): Promise<Record<string, Uint8Array>> {
  const packed: Record<string, Uint8Array> = {}
  for (const [path, files] of Object.entries(archives)) packed[path] = await chartArchive(basename(path).replace(/[-.].*$/, ''), '1.0.0', files)
  return packed
}

/** A text without the names of folders that differ from run to run: the chart's, and those in which archives are unpacked. */
export function withoutFolders (text: string, folder: string): string {
  return text.replaceAll(folder, '<folder>').replace(/\/\S*(?:helm-lint|portolan-lint-)[^/\s]+/g, '<unpacked>')
}
