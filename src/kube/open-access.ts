import type { Access, AccessOptions, ServerTrust } from './access.js'
import { KubeError } from './errors.js'
import { inClusterAccess, inClusterPossible } from './in-cluster.js'
import { loadKubeconfig, type Kubeconfig, type KubeconfigEntry } from './kubeconfig.js'
import { at, listAt, textAt } from './objects.js'
import { fileText, pemOf } from './pem.js'
import { serverUrl } from './server-url.js'
import { userCredential } from './user-credential.js'

/**
 * Finds the cluster, its authority and the user's credentials as client-go does: flags before the kubeconfig's context, then a pod's
 * service account, then `http://localhost:8080`.
 *
 * @throws {KubeError} kubeconfig: a context, file or key that is missing or contradictory
 */
export async function openAccess (options: AccessOptions): Promise<Access> {
  const kubeconfig = await loadKubeconfig(options.kubeconfig, options.env['HOME'] ?? '/')
  if (isEmpty(kubeconfig) && options.context === undefined && await inClusterPossible(options)) return await inClusterAccess(options)
  const context = contextOf(kubeconfig, options.context)
  const cluster = kubeconfig.clusters.get(textAt(context.fields, ['cluster'])) ?? nothing
  const user = kubeconfig.users.get(textAt(context.fields, ['user'])) ?? nothing
  const proxy = textAt(cluster.fields, ['proxy-url'])
  return {
    server: serverUrl(options.apiServer ?? textAt(cluster.fields, ['server'], 'http://localhost:8080')),
    namespace: textAt(context.fields, ['namespace']) || 'default',
    trust: await trustOf(cluster, options),
    credential: await userCredential(user, cluster, options),
    headers: impersonation(user, options),
    ...proxy === '' ? {} : { proxy }
  }
}

const nothing: KubeconfigEntry = { fields: new Map(), directory: '.' }

function isEmpty ({ clusters, contexts, users }: Kubeconfig): boolean {
  return clusters.size === 0 && contexts.size === 0 && users.size === 0
}

function contextOf (kubeconfig: Kubeconfig, asked: string | undefined): KubeconfigEntry {
  const name = asked ?? kubeconfig.currentContext
  const context = kubeconfig.contexts.get(name)
  if (context !== undefined) return context
  if (asked !== undefined) throw new KubeError('kubeconfig', `context "${asked}" does not exist`)
  if (name === '') return nothing
  throw new KubeError('kubeconfig', `invalid configuration: context was not found for specified context: ${name}`)
}

async function trustOf (cluster: KubeconfigEntry, options: AccessOptions): Promise<ServerTrust> {
  const overridden = options.insecureSkipTlsVerify === true || options.caFile !== undefined
  const insecure = overridden ? options.insecureSkipTlsVerify === true : at(cluster.fields, 'insecure-skip-tls-verify') === true
  const ca = overridden ? await optionalFile(options.caFile) : await pemOf(cluster, 'certificate-authority')
  if (insecure && ca !== undefined) {
    throw new KubeError('kubeconfig', 'specifying a root certificates file with the insecure flag is not allowed')
  }
  const named = options.tlsServerName ?? (options.apiServer === undefined ? textAt(cluster.fields, ['tls-server-name']) : '')
  return { insecure, ...ca === undefined ? {} : { ca }, ...named === '' ? {} : { serverName: named } }
}

async function optionalFile (path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : await fileText(path)
}

function impersonation (user: KubeconfigEntry, options: AccessOptions): Array<readonly [string, string]> {
  const name = options.asUser ?? textAt(user.fields, ['as'])
  const groups = groupsOf(user, options)
  const uid = textAt(user.fields, ['as-uid'])
  if (name === '') {
    if (groups.length === 0 && uid === '') return []
    throw new KubeError('kubeconfig', 'requesting uid, groups or user-extra for impersonation without impersonating a user')
  }
  return [
    ['Impersonate-User', name],
    ...groups.map(group => ['Impersonate-Group', group] as const),
    ...uid === '' ? [] : [['Impersonate-Uid', uid] as const],
    ...extraOf(user).map(([key, value]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, value] as const)
  ]
}

function groupsOf (user: KubeconfigEntry, { asGroups = [] }: AccessOptions): readonly string[] {
  return asGroups.length > 0 ? asGroups : listAt(user.fields, 'as-groups').filter(group => typeof group === 'string')
}

/** Each pair of `as-user-extra`, whose values are lists. */
function extraOf (user: KubeconfigEntry): Array<readonly [string, string]> {
  const extra = at(user.fields, 'as-user-extra')
  if (!(extra instanceof Map)) return []
  return [...extra.keys()].flatMap(key => listAt(extra, key).filter(value => typeof value === 'string').map(value => [key, value] as const))
}
