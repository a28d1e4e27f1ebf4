import type { Chart, ChartFile } from '../../chart/chart.js'
import { metadataToDict } from '../../chart/metadata.js'
import { decode } from '../../go/bytes.js'
import { marshalYaml } from '../../go/yaml.js'

/** A chart's definition as `helm show chart` prints it: what Chart.yaml says, keys sorted, and an empty line. */
export function chartText (chart: Chart): string {
  return `${marshalYaml(metadataToDict(chart.metadata))}\n`
}

/** The chart's values.yaml as it stands, with one more line break; undefined when it has none. */
export function valuesText (chart: Chart): string | undefined {
  const file = chart.raw.find(each => each.name === 'values.yaml')
  return file === undefined ? undefined : text(file)
}

/** The first file named README, README.md or README.txt in any case; undefined when there is none. */
export function readmeText (chart: Chart): string | undefined {
  const file = chart.files.find(each => ['readme.md', 'readme.txt', 'readme'].includes(each.name.toLowerCase()))
  return file === undefined ? undefined : text(file)
}

/** The files of crds/, sub-charts' too, each a YAML document. */
export function crdsText (chart: Chart): string {
  return crdsOf(chart).map(text).map(each => each.startsWith('---') ? each : `---\n${each}`).join('')
}

function crdsOf (chart: Chart): ChartFile[] {
  const own = chart.files.filter(file => file.name.startsWith('crds/') && /\.(?:ya?ml|json)$/i.test(file.name))
  return [...own, ...chart.dependencies.flatMap(crdsOf)]
}

function text (file: ChartFile): string {
  return `${decode(file.data)}\n`
}
