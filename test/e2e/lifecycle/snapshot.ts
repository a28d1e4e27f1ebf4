import { list, recordOf, type LiveObject, type Scene } from './scene.js'

/** Collections that the charts of the scenarios put something into. */
const collections = [
  'api/v1/configmaps', 'api/v1/secrets', 'api/v1/services', 'api/v1/serviceaccounts', 'api/v1/pods', 'apis/apps/v1/deployments', 'apis/batch/v1/jobs',
  'apis/sea.example.com/v1/boats'
] as const

/** What is in a namespace, by `Kind/name`: objects without what time and chance decide, records as JSON. */
export interface Snapshot {
  readonly objects: Readonly<Record<string, unknown>>
  readonly records: Readonly<Record<string, unknown>>
  /** Whether objects are still on their way out. */
  readonly settled: boolean
}

/**
 * Looks at a namespace.
 *
 * @param scene where
 */
export async function snapshot (scene: Scene): Promise<Snapshot> {
  return snapshotOf(scene, (await Promise.all(collections.map(async collection => await list(scene, collection)))).flat())
}

/**
 * What is to be compared of objects.
 *
 * @param scene where they live
 * @param all as the API lists them, with their kind
 */
export function snapshotOf (scene: Scene, all: readonly LiveObject[]): Snapshot {
  const kept = all.filter(object => !isMadeByCluster(object))
  const isRecord = (object: LiveObject): boolean => object.metadata.name.startsWith('sh.helm.release.v1.')
  const entries = (objects: readonly LiveObject[], describe: (object: LiveObject) => unknown): Record<string, unknown> =>
    Object.fromEntries(objects.map(object => [`${object.kind ?? ''}/${object.metadata.name}`, timeless(scene, JSON.stringify(describe(object)))]))
  return {
    objects: entries(kept.filter(object => !isRecord(object)), described),
    records: entries(kept.filter(isRecord), recorded),
    settled: kept.every(({ metadata }) => metadata.deletionTimestamp === undefined)
  }
}

/** What controllers make, and what every namespace has. */
function isMadeByCluster ({ kind, metadata }: LiveObject): boolean {
  return metadata.ownerReferences !== undefined || metadata.name === 'kube-root-ca.crt' || (kind === 'ServiceAccount' && metadata.name === 'default')
}

function described (object: LiveObject): unknown {
  const { status: _, spec, metadata: { managedFields = [], ...metadata }, ...rest } = object
  const { uid: _1, resourceVersion: _2, creationTimestamp: _3, annotations, ...named } = metadata
  const { 'deployment.kubernetes.io/revision': _4, ...own } = annotations ?? {}
  const helms = managedFields.filter(({ manager, subresource }) => (manager === 'helm' || manager === 'somebody') && subresource === undefined)
  return {
    ...rest,
    spec: specOf(spec),
    metadata: { ...named, annotations: own },
    managedFields: helms.map(({ time: _, ...field }) => field).sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)))
  }
}

/** Without what the scheduler and the allocators choose. */
function specOf (spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null) return spec
  const { nodeName: _1, clusterIP: _2, clusterIPs: _3, healthCheckNodePort: _4, ports, ...rest } = spec as Record<string, unknown>
  return Array.isArray(ports) ? { ...rest, ports: ports.map(portOf) } : rest
}

function portOf (port: unknown): unknown {
  if (typeof port !== 'object') return port
  const { nodePort: _, ...rest } = port as Record<string, unknown>
  return rest
}

function recorded (secret: LiveObject): unknown {
  const { createdAt, modifiedAt, ...labels } = secret.metadata.labels ?? {}
  return { labels, stamps: { created: createdAt !== undefined, modified: modifiedAt !== undefined }, release: JSON.parse(recordOf(secret)) as unknown }
}

/** Texts without times, ids and the namespace. */
function timeless ({ namespace }: Scene, json: string): unknown {
  return JSON.parse(json
    .replaceAll(namespace, 'NAMESPACE')
    .replaceAll(/"(first_deployed|last_deployed|deleted|started_at|completed_at|modtime|schemamodtime|deletionTimestamp|lastTransitionTime|startTime|completionTime)":"[^"]*"/g, '"$1":"T"')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    .replaceAll(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-X'))
}

function compare (a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
