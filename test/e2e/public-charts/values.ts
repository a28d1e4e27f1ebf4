// Values of our own for charts of others, by the chart's name. The first of an installation are what a chart refuses to do without, and what
// keeps it from a webhook that its pods would have to answer (they are played), or from a neighbour that is not there.

/** Values as JSON has them. */
type Values = Readonly<Record<string, unknown>>

const annotations = { 'example.com/team': 'team-a' }
const database = { host: 'db.example.com', user: 'app', database: 'app', password: 'ahoy' }

/** A further object, for charts that take some: the upgrade brings it, the rollback takes it away. */
const further = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'further' }, data: { team: 'a' } }

/** What the charts of one collection have in common. */
const common: Values = { replicaCount: 2, podAnnotations: annotations, extraDeploy: [further] }

/** The values of the installation. */
export const first: Readonly<Record<string, Values>> = {
  airflow: { postgresql: { enabled: false }, redis: { enabled: false }, externalDatabase: database, externalRedis: { host: 'redis.example.com' } },
  base: { global: { istioNamespace: 'play-ground' } },
  'cert-manager': { crds: { enabled: true } },
  'cluster-autoscaler': { autoDiscovery: { clusterName: 'example' }, awsRegion: 'example' },
  'external-dns': { policy: 'upsert-only', provider: { name: 'inmemory' } },
  istiod: { global: { istioNamespace: 'play-ground' } },
  keycloak: { postgresql: { enabled: false }, externalDatabase: database },
  'kube-prometheus-stack': { grafana: { enabled: false }, prometheusOperator: { admissionWebhooks: { enabled: false }, tls: { enabled: false } } },
  mariadb: { auth: { rootPassword: 'ahoy' } },
  'opentelemetry-collector': { mode: 'deployment', image: { repository: 'example.com/collector' } },
  'opentelemetry-operator': { admissionWebhooks: { create: false } },
  wordpress: { mariadb: { enabled: false }, externalDatabase: database }
}

/** The values of the upgrade, on top. */
export const changed: Readonly<Record<string, Values>> = {
  airflow: { ...common, web: { replicaCount: 2 }, loadExamples: true },
  alertmanager: { replicaCount: 2, podAnnotations: annotations, podDisruptionBudget: { maxUnavailable: 1 } },
  'argo-cd': { server: { autoscaling: { enabled: true }, podAnnotations: annotations }, dex: { enabled: false }, configs: { params: { 'server.insecure': true } } },
  'argo-events': { controller: { podAnnotations: annotations }, webhook: { enabled: true } },
  'argo-rollouts': { controller: { replicas: 3 }, dashboard: { enabled: true } },
  'argo-workflows': { server: { replicas: 2 }, controller: { podAnnotations: annotations }, workflow: { serviceAccount: { create: true } } },
  base: { defaultRevision: 'other' },
  'cert-manager': { replicaCount: 2, podDisruptionBudget: { enabled: true }, cainjector: { enabled: false } },
  'cluster-autoscaler': { replicaCount: 2, podAnnotations: annotations, extraArgs: { v: 5 } },
  contour: { ...common, contour: { replicaCount: 2, podAnnotations: annotations }, envoy: { service: { type: 'ClusterIP' } } },
  descheduler: { kind: 'Deployment', replicas: 1, podAnnotations: annotations },
  elasticsearch: { ...common, master: { replicaCount: 3 }, ingest: { enabled: false }, replicas: 2 },
  etcd: { ...common, replicaCount: 3 },
  'external-dns': { policy: 'sync', podAnnotations: annotations, interval: '5m' },
  'external-secrets': { replicaCount: 2, webhook: { replicaCount: 2 }, podDisruptionBudget: { enabled: true }, certController: { create: false } },
  filebeat: { podAnnotations: annotations, deployment: { enabled: true }, daemonset: { enabled: false } },
  fluentd: { ...common, aggregator: { replicaCount: 2 }, forwarder: { enabled: false } },
  harbor: { expose: { type: 'clusterIP', tls: { auto: { commonName: 'harbor.example.com' } } }, portal: { replicas: 2 }, metrics: { enabled: true } },
  'ingress-nginx': { controller: { autoscaling: { enabled: true }, podAnnotations: annotations, metrics: { enabled: true } }, defaultBackend: { enabled: true } },
  istiod: { autoscaleMin: 2, env: { EXAMPLE: 'yes' }, podAnnotations: annotations },
  jenkins: { controller: { numExecutors: 2, podAnnotations: annotations }, networkPolicy: { enabled: true } },
  kafka: { ...common, controller: { replicaCount: 4 }, broker: { replicaCount: 1 }, metrics: { jmx: { enabled: true } } },
  keda: { operator: { replicaCount: 2 }, podAnnotations: { keda: annotations }, webhooks: { enabled: false } },
  keycloak: { ...common, ingress: { enabled: true }, autoscaling: { hpa: { enabled: true, maxReplicas: 3 } } },
  'kube-prometheus-stack': { prometheus: { prometheusSpec: { replicas: 2 } }, nodeExporter: { enabled: false }, defaultRules: { rules: { etcd: false } } },
  'loki-distributed': { querier: { autoscaling: { enabled: true } }, distributor: { replicas: 2, maxUnavailable: 1 }, gateway: { replicas: 2, maxUnavailable: 1 }, compactor: { enabled: true } },
  longhorn: { longhornUI: { replicas: 1 }, defaultSettings: { defaultReplicaCount: 2 }, annotations },
  mariadb: { ...common, metrics: { enabled: true }, primary: { podAnnotations: annotations } },
  memcached: { ...common, architecture: 'high-availability', metrics: { enabled: true } },
  metallb: { ...common, controller: { podAnnotations: annotations }, speaker: { podAnnotations: annotations } },
  'metrics-server': { replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 }, args: ['--kubelet-insecure-tls'] },
  minio: { ...common, provisioning: { enabled: true, buckets: [{ name: 'one' }] } },
  mongodb: { ...common, metrics: { enabled: true } },
  nginx: { ...common, ingress: { enabled: true }, autoscaling: { enabled: true, maxReplicas: 3 } },
  'opentelemetry-collector': { mode: 'daemonset', podAnnotations: annotations },
  'opentelemetry-operator': { replicaCount: 2, pdb: { create: true, minAvailable: 1 }, manager: { extraArgs: ['--zap-log-level=info'] } },
  postgresql: { ...common, metrics: { enabled: true }, primary: { podAnnotations: annotations } },
  prometheus: { server: { replicaCount: 2, podAnnotations: annotations }, 'prometheus-pushgateway': { enabled: false }, alertmanager: { replicaCount: 2 } },
  'prometheus-adapter': { replicas: 2, podAnnotations: annotations, podDisruptionBudget: { enabled: true } },
  'prometheus-blackbox-exporter': { replicas: 2, podAnnotations: annotations, kind: 'DaemonSet' },
  'prometheus-node-exporter': { podAnnotations: annotations, service: { port: 9101, targetPort: 9101 }, networkPolicy: { enabled: true } },
  promtail: { podAnnotations: annotations, config: { logLevel: 'debug' } },
  rabbitmq: { ...common, metrics: { enabled: true }, ingress: { enabled: true } },
  redis: { ...common, replica: { replicaCount: 2 }, metrics: { enabled: true }, sentinel: { enabled: false } },
  'sealed-secrets': { ...common, ingress: { enabled: true } },
  'tempo-distributed': { distributor: { autoscaling: { enabled: true, maxReplicas: 3 } }, gateway: { enabled: true }, memcached: { enabled: false } },
  traefik: { deployment: { replicas: 2, podAnnotations: annotations }, ingressRoute: { dashboard: { enabled: true } }, ports: { traefik: { expose: { default: true } } } },
  vault: { ui: { enabled: true }, injector: { replicas: 2 }, server: { annotations, auditStorage: { enabled: false } } },
  wordpress: { ...common, ingress: { enabled: true }, wordpressBlogName: 'Team A' },
  zookeeper: { ...common, replicaCount: 3, metrics: { enabled: true } }
}
