import { isKubeError } from '../kube/errors.js'
import { marshalYaml } from '../go/yaml.js'
import type { Value } from '../go/value.js'
import type { ActionContext } from './context.js'

/**
 * Creates the release's namespace (`--create-namespace`), with a label `name`, as Helm has it; one that exists is fine.
 *
 * @throws {KubeError}
 */
export async function createNamespace ({ kube }: ActionContext, { namespace, serverSide }: { readonly namespace: string, readonly serverSide: boolean }): Promise<void> {
  const metadata = new Map<string, Value>([['name', namespace], ['labels', new Map([['name', namespace]])]])
  const resources = await kube.build(marshalYaml(new Map<string, Value>([['apiVersion', 'v1'], ['kind', 'Namespace'], ['metadata', metadata]])))
  try {
    await kube.create(resources, { serverSide })
  } catch (error) {
    if (!isKubeError(error, 'already-exists') && !isKubeError(error, 'conflict')) throw error
  }
}
