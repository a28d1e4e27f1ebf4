import { join } from 'node:path'

/** Ports of 127.0.0.1, one for each listener. */
export interface ClusterPorts {
  readonly etcd: number
  readonly etcdPeer: number
  readonly apiServer: number
  readonly controllerManager: number
  readonly scheduler: number
  readonly kwok: number
}

/** The files in the cluster's folder that its programs are pointed to. */
export interface ClusterFiles {
  readonly dir: string
  /** The certificate authority: of the servers and of people. */
  readonly ca: string
  /** The one certificate that all servers of the cluster show. */
  readonly serverCertificate: string
  readonly serverKey: string
  /** The RSA key that signs the tokens of service accounts. */
  readonly serviceAccountKey: string
  /** The API server's list of bearer tokens. */
  readonly tokens: string
  readonly kubeconfig: string
  /** kwok's configuration: what pods' logs are. */
  readonly kwokConfig: string
}

/** Where things are, for the arguments of all programs. */
export interface ClusterPlan {
  readonly ports: ClusterPorts
  readonly files: ClusterFiles
}

/** etcd, in the cluster's folder; the data need not outlive a crash. */
export function etcdArguments ({ ports, files }: ClusterPlan): string[] {
  const client = `http://127.0.0.1:${ports.etcd}`
  const peer = `http://127.0.0.1:${ports.etcdPeer}`
  return [
    '--name=test',
    `--data-dir=${join(files.dir, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=test=${peer}`,
    '--unsafe-no-fsync'
  ]
}

/** The API server: people sign in with tokens or certificates, and RBAC decides. */
export function apiServerArguments ({ ports, files }: ClusterPlan): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    `--tls-cert-file=${files.serverCertificate}`,
    `--tls-private-key-file=${files.serverKey}`,
    `--client-ca-file=${files.ca}`,
    `--token-auth-file=${files.tokens}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${files.serviceAccountKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    '--service-cluster-ip-range=10.0.0.0/16',
    `--kubelet-certificate-authority=${files.ca}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--allow-privileged=true',
    // The endpoints of the service `kubernetes` may not be on the loopback, where this server is.
    '--endpoint-reconciler-type=none'
  ]
}

/** All of Kubernetes' controllers. Nodes are kept even when a busy machine makes them late. */
export function controllerManagerArguments ({ ports, files }: ClusterPlan): string[] {
  return [
    ...controllerArguments(files, ports.controllerManager),
    `--root-ca-file=${files.ca}`,
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    '--node-monitor-grace-period=10m'
  ]
}

/** The scheduler, as it comes. */
export function schedulerArguments ({ ports, files }: ClusterPlan): string[] {
  return controllerArguments(files, ports.scheduler)
}

/** What controller-manager and scheduler have in common. */
function controllerArguments (files: ClusterFiles, port: number): string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    '--leader-elect=false',
    // The usual limits make the first seconds of a cluster three times as long.
    '--kube-api-qps=1000',
    '--kube-api-burst=2000',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--tls-cert-file=${files.serverCertificate}`,
    `--tls-private-key-file=${files.serverKey}`
  ]
}

/**
 * kwok, for all nodes: it is the kubelet at their address, too, where the API server asks for pods' logs.
 *
 * @param plan where things are
 * @param stages the files that say how nodes and pods go on
 */
export function kwokArguments ({ ports, files }: ClusterPlan, stages: readonly string[]): string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    ...[files.kwokConfig, ...stages].map((file) => `--config=${file}`),
    '--manage-all-nodes=true',
    '--cidr=10.244.0.0/16',
    '--node-ip=127.0.0.1',
    `--node-port=${ports.kwok}`,
    `--server-address=127.0.0.1:${ports.kwok}`,
    `--tls-cert-file=${files.serverCertificate}`,
    `--tls-private-key-file=${files.serverKey}`
  ]
}
