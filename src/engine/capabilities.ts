import { define } from '../sprig/define.js'
import { GoStruct } from './go-struct.js'
import { KubeVersion } from './kube-version.js'
import { VersionSet } from './version-set.js'

/** The Helm that charts see in `.Capabilities.HelmVersion`: the one whose behaviour this engine has. */
export interface HelmVersion {
  readonly version: string
  readonly gitCommit: string
  readonly gitTreeState: string
  readonly goVersion: string
  readonly kubeClientVersion: string
}

/** Helm 4.3.1. */
export const helmVersion: HelmVersion = {
  version: 'v4.3.1', gitCommit: '', gitTreeState: 'clean', goVersion: 'go1.26.8', kubeClientVersion: 'v1.37'
}

/** What a cluster can do, as `.Capabilities` shows it to templates. */
export class Capabilities extends GoStruct {
  readonly kubeVersion: KubeVersion
  readonly apiVersions: VersionSet
  readonly helmVersion: HelmVersion

  /**
   * @param kubeVersion the version of Kubernetes
   * @param apiVersions groups and versions (and kinds)
   * @param helm what charts see as Helm's version
   */
  constructor (kubeVersion: KubeVersion, apiVersions: readonly string[], helm: HelmVersion = helmVersion) {
    const versions = new VersionSet(apiVersions)
    super('*common.Capabilities', [['KubeVersion', kubeVersion], ['APIVersions', versions], ['HelmVersion', buildInfo(helm)]],
      [['Copy', define([], () => this)]])
    this.kubeVersion = kubeVersion
    this.apiVersions = versions
    this.helmVersion = helm
  }

  /**
   * @param changes another version of Kubernetes (--kube-version), and API versions to add (--api-versions)
   * @returns new capabilities
   */
  with (changes: { kubeVersion?: KubeVersion, apiVersions?: readonly string[] }): Capabilities {
    const versions = [...this.apiVersions.versions, ...changes.apiVersions ?? []]
    return new Capabilities(changes.kubeVersion ?? this.kubeVersion, versions, this.helmVersion)
  }
}

/**
 * What Helm 4.3.1 assumes of a cluster that it does not ask: the version and the API versions of its client library.
 *
 * @returns new capabilities
 */
export function defaultCapabilities (): Capabilities {
  return new Capabilities(KubeVersion.parse('v1.37.0'), knownVersions)
}

function buildInfo (helm: HelmVersion): GoStruct {
  return new GoStruct('version.BuildInfo', [
    ['Version', helm.version], ['GitCommit', helm.gitCommit], ['GitTreeState', helm.gitTreeState], ['GoVersion', helm.goVersion],
    ['KubeClientVersion', helm.kubeClientVersion]
  ])
}

/** The registered versions of client-go v0.37, in the order of its scheme. */
const knownVersions: readonly string[] = [
  'v1',
  ...groups('admissionregistration.k8s.io', 'v1', 'v1alpha1', 'v1beta1'),
  ...groups('internal.apiserver.k8s.io', 'v1alpha1'),
  ...groups('apps', 'v1', 'v1beta1', 'v1beta2'),
  ...groups('authentication.k8s.io', 'v1', 'v1alpha1', 'v1beta1'),
  ...groups('authorization.k8s.io', 'v1', 'v1beta1'),
  ...groups('autoscaling', 'v1', 'v2'),
  ...groups('batch', 'v1', 'v1beta1'),
  ...groups('certificates.k8s.io', 'v1', 'v1beta1', 'v1alpha1'),
  ...groups('coordination.k8s.io', 'v1alpha2', 'v1beta1', 'v1'),
  ...groups('discovery.k8s.io', 'v1', 'v1beta1'),
  ...groups('events.k8s.io', 'v1', 'v1beta1'),
  ...groups('extensions', 'v1beta1'),
  ...groups('flowcontrol.apiserver.k8s.io', 'v1', 'v1beta1', 'v1beta2', 'v1beta3'),
  ...groups('lifecycle.k8s.io', 'v1alpha1'),
  ...groups('networking.k8s.io', 'v1', 'v1beta1'),
  ...groups('node.k8s.io', 'v1', 'v1alpha1', 'v1beta1'),
  ...groups('policy', 'v1', 'v1beta1'),
  ...groups('rbac.authorization.k8s.io', 'v1', 'v1beta1', 'v1alpha1'),
  ...groups('resource.k8s.io', 'v1', 'v1beta2', 'v1beta1', 'v1alpha3'),
  ...groups('scheduling.k8s.io', 'v1alpha3', 'v1beta1', 'v1'),
  ...groups('storage.k8s.io', 'v1beta1', 'v1', 'v1alpha1'),
  ...groups('storagemigration.k8s.io', 'v1', 'v1beta1'),
  ...groups('apiextensions.k8s.io', 'v1beta1', 'v1')
]

function groups (group: string, ...versions: readonly string[]): string[] {
  return versions.map(version => `${group}/${version}`)
}
