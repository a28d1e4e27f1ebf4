import type { Value } from '../go/value.js'
import { readString, readStruct, type Place } from './decode.js'
import { ChartError } from './errors.js'
import { readYaml } from './read-yaml.js'

/**
 * Checks that a chart is of a kind that can be installed, before anything else of it is read (helm.sh/helm/v4 pkg/chart/loader). A repository
 * takes others too.
 *
 * @param chartYaml the text of Chart.yaml
 * @throws {ChartError} invalid-chart: `unsupported chart version`, `invalid chart apiVersion` (v3, Helm's experiment), `cannot load Chart.yaml: …`
 */
export function checkApiVersion (chartYaml: string): void {
  const apiVersion = readApiVersion(chartYaml)
  if (apiVersion === 'v3') throw new ChartError('invalid-chart', 'invalid chart apiVersion')
  if (!['', 'v1', 'v2'].includes(apiVersion)) throw new ChartError('invalid-chart', 'unsupported chart version')
}

function readApiVersion (chartYaml: string): string {
  try {
    return readYaml(chartYaml, value => {
      let apiVersion = ''
      readStruct(value, 'loader.chartBase', new Map([['apiVersion', (value: Value, place: Place) => { apiVersion = readString(value, place) ?? '' }]]))
      return apiVersion
    })
  } catch (thrown) {
    if (!(thrown instanceof ChartError)) throw thrown
    throw new ChartError('invalid-chart', `cannot load Chart.yaml: ${thrown.message}`, { cause: thrown })
  }
}
