import { marshalJson } from '../go/json.js'
import { KubeError } from '../kube/errors.js'
import type { Release } from './release.js'

/** How many files are named. */
const named = 5

/**
 * What to say beside the API's own words when it refused a record for its size: the chart's largest files, which are most of it, and what
 * helps. Empty for any other failure.
 *
 * @param error what writing the record ended with
 * @param release the record's
 */
export function sizeHint (error: unknown, release: Release): string {
  if (!(error instanceof KubeError) || !(error.status === 413 || /Too long: |request is too large/.test(error.message))) return ''
  const files = partsOf(release).sort((a, b) => b.size - a.size).slice(0, named)
  return [
    '',
    'A record holds the files of the chart, its values and its manifest, all of it compressed, and an object of the cluster may take 1 MiB. The largest, before compression:',
    ...files.map(({ name, size }) => `  ${sizeText(size).padStart(10)}  ${name}`),
    'Keep files that no template reads out of the chart (.helmignore), move large ones out of it or into a chart of their own, or record releases in a database (HELM_DRIVER=sql).'
  ].join('\n')
}

interface Part {
  readonly name: string
  readonly size: number
}

function partsOf ({ chart, config, manifest }: Release): Part[] {
  const files = [...chart?.templates ?? [], ...chart?.files ?? []].map(({ name, data }) => ({ name, size: data.length }))
  const texts: Array<[string, string]> = [['values.yaml', marshalJson(chart?.values ?? new Map<string, never>())], ['the values given', marshalJson(config ?? new Map<string, never>())], ['the manifest', manifest]]
  return [...files, { name: 'values.schema.json', size: chart?.schema?.length ?? 0 }, ...texts.map(([name, text]) => ({ name, size: Buffer.byteLength(text) }))]
    .filter(({ size }) => size > 2)
}

function sizeText (bytes: number): string {
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
