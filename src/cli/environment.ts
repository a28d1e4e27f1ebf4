import { join } from 'node:path'
import type { CliContext } from './command.js'
import type { Flags } from './flags.js'
import { helmHome } from './helm-home.js'
import { warnTo } from './output/warning.js'
import { settingsOf, type Settings } from './settings.js'
import { messageOf } from '../errors.js'
import { loadKubeconfig } from '../kube/kubeconfig.js'
import { textAt } from '../kube/objects.js'
import { isAbsent } from '../remote/path-error.js'

/**
 * The settings in use, as the environment variables that set them (Helm's `helm env`), sorted by name.
 *
 * @param context for its environment
 * @param flags the call's, the global ones among them
 */
export async function environmentOf (context: CliContext, flags: Flags): Promise<Map<string, string>> {
  const settings = settingsOf(context, flags)
  const { kube } = settings
  const home = helmHome(context.env, process.platform)
  const variables = new Map([
    ['HELM_BIN', process.argv[1] ?? ''],
    ['HELM_BURST_LIMIT', String(flags.int('burst-limit'))],
    ['HELM_CACHE_HOME', home.cache],
    ['HELM_CONFIG_HOME', home.config],
    ['HELM_CONTENT_CACHE', settings.contentCache],
    ['HELM_DATA_HOME', home.data],
    ['HELM_DEBUG', String(settings.debug)],
    ['HELM_KUBEAPISERVER', kube.apiServer ?? ''],
    ['HELM_KUBEASGROUPS', kube.asGroups.join(',')],
    ['HELM_KUBEASUSER', kube.asUser ?? ''],
    ['HELM_KUBECAFILE', kube.caFile ?? ''],
    ['HELM_KUBECONTEXT', kube.context ?? ''],
    ['HELM_KUBEINSECURE_SKIP_TLS_VERIFY', String(kube.insecureSkipTlsVerify)],
    ['HELM_KUBETLS_SERVER_NAME', kube.tlsServerName ?? ''],
    ['HELM_KUBETOKEN', kube.token ?? ''],
    ['HELM_MAX_HISTORY', String(settings.maxHistory)],
    ['HELM_NAMESPACE', await namespaceOf(settings, context)],
    ['HELM_PLUGINS', context.env['HELM_PLUGINS'] ?? join(home.data, 'plugins')],
    ['HELM_QPS', Math.fround(Number(flags.string('qps'))).toFixed(2)],
    ['HELM_REGISTRY_CONFIG', settings.registryConfig],
    ['HELM_REPOSITORY_CACHE', settings.repositoryCache],
    ['HELM_REPOSITORY_CONFIG', settings.repositoryConfig]
  ])
  // Only the flag's, as in Helm: the variable itself is there anyway.
  if (flags.changed('kubeconfig')) variables.set('KUBECONFIG', flags.string('kubeconfig'))
  return variables
}

/** The namespace asked for, or the one of the kubeconfig's context. */
async function namespaceOf ({ namespaceGiven, namespace, kube }: Settings, { env, stderr }: CliContext): Promise<string> {
  if (namespaceGiven) return namespace
  try {
    const { contexts, currentContext } = await loadKubeconfig(kube.kubeconfig, env['HOME'] ?? '/')
    const found = contexts.get(kube.context ?? currentContext)
    return textAt(found?.fields ?? null, ['namespace'], namespace) || namespace
  } catch (error) {
    // A file that is not there is no fault: the default is what counts then.
    if (!(error instanceof Error && isAbsent(error.cause))) warnTo(stderr)('the kubeconfig cannot be read', { error: messageOf(error) })
    return namespace
  }
}
