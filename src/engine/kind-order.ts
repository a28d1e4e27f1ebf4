import { compareBytes } from '../go/bytes.js'

/** The order in which Helm 4 creates objects; kinds that are not listed come last, by name. */
export const installOrder: readonly string[] = [
  'PriorityClass', 'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget', 'ServiceAccount',
  'Secret', 'SecretList', 'ConfigMap', 'StorageClass', 'PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole',
  'ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList', 'RoleBinding', 'RoleBindingList', 'Service',
  'DaemonSet', 'Pod', 'ReplicationController', 'ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob',
  'IngressClass', 'Ingress', 'APIService', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'
]

/** The order in which Helm 4 deletes objects: the other way round, also with unknown kinds last. */
export const uninstallOrder: readonly string[] = installOrder.toReversed()

/**
 * Sorts by kind; what is of one kind keeps its order.
 *
 * @param items anything with a kind
 * @param order kinds in their order
 * @returns a sorted copy
 */
export function sortByKind<T extends { readonly kind: string }> (items: readonly T[], order: readonly string[]): T[] {
  const ranks = new Map(order.map((kind, rank) => [kind, rank]))
  const rankOf = (kind: string): number => ranks.get(kind) ?? order.length
  return items.toSorted((a, b) => {
    const difference = rankOf(a.kind) - rankOf(b.kind)
    return difference !== 0 || ranks.has(a.kind) ? difference : compareBytes(a.kind, b.kind)
  })
}
