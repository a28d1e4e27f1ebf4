import { join } from 'node:path'
import type { CliContext, Flag } from './command.js'
import type { Flags } from './flags.js'
import { helmHome } from './helm-home.js'

/**
 * Where Helm keeps its files and how it reaches the cluster: the same variables, folders and defaults as Helm's, so that a machine set up
 * with `helm` works with `portolan` and the other way round.
 */
export interface Settings {
  readonly debug: boolean
  readonly namespace: string
  /** Whether the namespace was asked for, or is only a default that the kubeconfig's context may override. */
  readonly namespaceGiven: boolean
  readonly maxHistory: number
  readonly driver: string
  readonly repositoryConfig: string
  readonly repositoryCache: string
  readonly contentCache: string
  readonly registryConfig: string
  readonly kube: KubeSettings
}

/** Access to the cluster, as flags and variables give it; absent is left to the kubeconfig. */
export interface KubeSettings {
  /** Paths separated by `:`, as KUBECONFIG has them. */
  readonly kubeconfig?: string
  readonly context?: string
  readonly token?: string
  readonly asUser?: string
  readonly asGroups: readonly string[]
  readonly apiServer?: string
  readonly caFile?: string
  readonly tlsServerName?: string
  readonly insecureSkipTlsVerify: boolean
}

/**
 * The flags every command has (Helm's global flags), with defaults from the environment.
 *
 * @param env the environment's variables
 */
export function globalFlags (env: Readonly<Record<string, string | undefined>>): Flag[] {
  const paths = pathsFrom(env)
  const flag = (name: string, type: Flag['type'], usage: string, rest: Partial<Flag> = {}): Flag => ({ name, type, usage, ...rest })
  return [
    flag('burst-limit', 'int', 'client-side default throttling limit', { default: env['HELM_BURST_LIMIT'] ?? '100' }),
    flag('content-cache', 'string', 'path to the directory containing cached content (e.g. charts)', { default: paths.contentCache }),
    flag('debug', 'bool', 'enable verbose output', { default: isTrue(env['HELM_DEBUG']) ? 'true' : 'false' }),
    flag('kube-apiserver', 'string', 'the address and the port for the Kubernetes API server', { default: env['HELM_KUBEAPISERVER'] ?? '' }),
    flag('kube-as-group', 'stringArray', 'group to impersonate for the operation, this flag can be repeated to specify multiple groups.'),
    flag('kube-as-user', 'string', 'username to impersonate for the operation', { default: env['HELM_KUBEASUSER'] ?? '' }),
    flag('kube-ca-file', 'string', 'the certificate authority file for the Kubernetes API server connection', { default: env['HELM_KUBECAFILE'] ?? '' }),
    flag('kube-context', 'string', 'name of the kubeconfig context to use', { default: env['HELM_KUBECONTEXT'] ?? '' }),
    flag('kube-insecure-skip-tls-verify', 'bool', "if true, the Kubernetes API server's certificate will not be checked for validity. This will make your HTTPS connections insecure", { default: isTrue(env['HELM_KUBEINSECURE_SKIP_TLS_VERIFY']) ? 'true' : 'false' }),
    flag('kube-tls-server-name', 'string', 'server name to use for Kubernetes API server certificate validation. If it is not provided, the hostname used to contact the server is used', { default: env['HELM_KUBETLS_SERVER_NAME'] ?? '' }),
    flag('kube-token', 'string', 'bearer token used for authentication'),
    flag('kubeconfig', 'string', 'path to the kubeconfig file', { default: env['KUBECONFIG'] ?? '' }),
    flag('namespace', 'string', 'namespace scope for this request', { short: 'n', default: env['HELM_NAMESPACE'] ?? '' }),
    flag('qps', 'float32', 'queries per second used when communicating with the Kubernetes API, not including bursting', { default: env['HELM_QPS'] ?? '0' }),
    flag('registry-config', 'string', 'path to the registry config file', { default: paths.registryConfig }),
    flag('repository-cache', 'string', 'path to the directory containing cached repository indexes', { default: paths.repositoryCache }),
    flag('repository-config', 'string', 'path to the file containing repository names and URLs', { default: paths.repositoryConfig })
  ]
}

/**
 * The settings of one call: flag before environment before default.
 *
 * @param context for its environment
 * @param flags the call's flags, the global ones among them
 */
export function settingsOf ({ env }: CliContext, flags: Flags): Settings {
  const namespace = flags.string('namespace')
  return {
    debug: flags.bool('debug'),
    namespace: namespace === '' ? 'default' : namespace,
    namespaceGiven: namespace !== '',
    maxHistory: integer(env['HELM_MAX_HISTORY'], 10),
    driver: env['HELM_DRIVER'] ?? '',
    repositoryConfig: flags.string('repository-config'),
    repositoryCache: flags.string('repository-cache'),
    contentCache: flags.string('content-cache'),
    registryConfig: flags.string('registry-config'),
    kube: kubeSettings(env, flags)
  }
}

function kubeSettings (env: CliContext['env'], flags: Flags): KubeSettings {
  const groups = flags.list('kube-as-group')
  const token = flags.string('kube-token') || env['HELM_KUBETOKEN']
  return {
    ...present('kubeconfig', flags.string('kubeconfig')),
    ...present('context', flags.string('kube-context')),
    ...present('token', token),
    ...present('asUser', flags.string('kube-as-user')),
    asGroups: groups.length > 0 ? groups : (env['HELM_KUBEASGROUPS'] ?? '').split(',').filter(group => group !== ''),
    ...present('apiServer', flags.string('kube-apiserver')),
    ...present('caFile', flags.string('kube-ca-file')),
    ...present('tlsServerName', flags.string('kube-tls-server-name')),
    insecureSkipTlsVerify: flags.bool('kube-insecure-skip-tls-verify')
  }
}

/** A property only where there is a text: absent and empty mean the same to Helm here. */
function present<Name extends string> (name: Name, text: string | undefined): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  if (text !== undefined && text !== '') found[name] = text
  return found
}

/** Helm's files; a variable that names one and is empty counts, as in Helm, as a name. */
function pathsFrom (env: Readonly<Record<string, string | undefined>>): Pick<Settings, 'repositoryConfig' | 'repositoryCache' | 'contentCache' | 'registryConfig'> {
  const { cache, config } = helmHome(env, process.platform)
  return {
    repositoryConfig: env['HELM_REPOSITORY_CONFIG'] ?? join(config, 'repositories.yaml'),
    repositoryCache: env['HELM_REPOSITORY_CACHE'] ?? join(cache, 'repository'),
    contentCache: env['HELM_CONTENT_CACHE'] ?? join(cache, 'content'),
    registryConfig: env['HELM_REGISTRY_CONFIG'] ?? join(config, 'registry', 'config.json')
  }
}

function isTrue (text: string | undefined): boolean {
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text ?? '')
}

function integer (text: string | undefined, fallback: number): number {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : fallback
}
