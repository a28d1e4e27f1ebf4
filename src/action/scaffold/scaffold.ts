import { chartNameMark, chartYaml, helmIgnore, valuesYaml } from './chart-files.js'
import { deployment, helpersTpl, hpa, httpRoute, ingress, notes, service, serviceAccount, testConnection } from './templates.js'
import { marshalYaml } from '../../go/yaml.js'

const texts: ReadonlyArray<readonly [path: string, text: string]> = [
  ['values.yaml', valuesYaml],
  ['.helmignore', helmIgnore],
  ['templates/ingress.yaml', ingress],
  ['templates/httproute.yaml', httpRoute],
  ['templates/deployment.yaml', deployment],
  ['templates/service.yaml', service],
  ['templates/serviceaccount.yaml', serviceAccount],
  ['templates/hpa.yaml', hpa],
  ['templates/NOTES.txt', notes],
  ['templates/_helpers.tpl', helpersTpl],
  ['templates/tests/test-connection.yaml', testConnection]
]

/**
 * The files of a new chart, in the order in which Helm writes them: by their names and the keys of their values those of `helm create`, in our own words.
 *
 * @param name the chart's
 * @returns texts by path
 */
export function scaffold (name: string): Map<string, string> {
  const all = [['Chart.yaml', chartYaml(marshalYaml(name).trimEnd())] as const, ...texts]
  return new Map(all.map(([path, text]) => [path, withChartName(text, name)]))
}

/** A text of a scaffold or starter, with the chart's name where it belongs. */
export function withChartName (text: string, name: string): string {
  return text.replaceAll(chartNameMark, () => name)
}
