import { processDependencies } from '../chart/process-dependencies.js'
import { crdsOf, type CustomResourceFile } from '../engine/crds.js'
import { decode } from '../go/bytes.js'
import { isKubeError } from '../kube/errors.js'
import type { Resource } from '../kube/resource.js'
import { messageOf } from '../errors.js'
import type { ActionContext } from './context.js'
import { ActionError } from './errors.js'
import type { InstallOptions } from './install.js'
import { waitUntil } from './wait.js'

/** How long the API may take to know the new kinds, in milliseconds. */
export const patience = 60_000

/**
 * Installs what is in crds/ of a chart and its sub-charts, a file at a time, and waits until the API has the kinds. They belong to no
 * release: nothing ever deletes them. A dry run only warns.
 *
 * @throws {ActionError} install-failed: `failed to install CRD crds/x.yaml: …`
 */
export async function installCrds (context: ActionContext, options: InstallOptions): Promise<void> {
  const crds = options.skipCrds ? [] : crdsOf(processDependencies(options.chart, options.values))
  if (crds.length === 0) return
  if (options.dryRun === 'server') {
    context.log('WARN', 'This chart or one of its subcharts contains CRDs. Rendering may fail or contain inaccuracies.')
    return
  }
  const created: Resource[] = []
  for (const file of crds) created.push(...await installFile(context, options, file))
  if (created.length > 0) await waitUntil(context, created, { until: 'ready', timeout: patience, wait: options.wait })
}

async function installFile ({ kube, log }: ActionContext, options: InstallOptions, file: CustomResourceFile): Promise<Resource[]> {
  const { serverSide, forceConflicts } = options
  try {
    const resources = await kube.build(decode(file.data))
    if (resources.length === 0) throw new ActionError('manifest', 'resources are empty')
    await kube.create(resources, { serverSide, forceConflicts })
    return resources
  } catch (error) {
    if (isKubeError(error, 'already-exists')) {
      log('DEBUG', 'CRD is already present. Skipping', { crd: file.name })
      return []
    }
    throw new ActionError('install-failed', `failed to install CRD ${file.name}: ${messageOf(error)}`, { cause: error })
  }
}
