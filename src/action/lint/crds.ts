import { join } from 'node:path'
import { decode } from '../../go/bytes.js'
import { crdsOf } from '../../engine/crds.js'
import { kindAt, type ChartLoader } from './chart-files.js'
import type { Findings } from './message.js'
import { documentsOf } from './objects.js'

const folderName = 'crds/'

/**
 * The rules for crds/: custom resource definitions, and nothing else.
 *
 * @param findings the chart's
 * @param loader the chart's
 */
export async function lintCrds (findings: Findings, loader: ChartLoader): Promise<void> {
  const kind = await kindAt(join(loader.folder, 'crds'))
  if (kind === undefined || !findings.note('ERROR', folderName, kind === 'file' ? 'not a directory' : undefined)) return
  const { chart, complaint } = await loader.load()
  if (!findings.note('ERROR', folderName, complaint) || chart === undefined) return
  for (const { name, data } of crdsOf(chart)) {
    for (const { object, complaint } of documentsOf(decode(data))) {
      if (!findings.note('ERROR', name, complaint)) return
      if (object === undefined) continue
      findings.note('ERROR', name, object.apiVersion.startsWith('apiextensions.k8s.io') ? undefined : "apiVersion is not in 'apiextensions.k8s.io'")
      findings.note('ERROR', name, object.kind === 'CustomResourceDefinition' ? undefined : "object kind is not 'CustomResourceDefinition'")
    }
  }
}
