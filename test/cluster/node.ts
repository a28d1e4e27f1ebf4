/** What each node of the test cluster offers to pods. */
const OFFERED = { cpu: '32', memory: '256Gi', pods: '500', 'ephemeral-storage': '1Ti' }

/**
 * A node as its kubelet would register it. kwok does the rest: it makes the node ready and keeps its lease.
 *
 * @param name the node's name
 */
export function nodeObject (name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux'
      }
    },
    status: { allocatable: OFFERED, capacity: OFFERED }
  }
}

/**
 * Whether pods can be put on a node.
 *
 * @param text the node's JSON
 * @returns whether it is Ready and nothing keeps pods off it: the taint of a new node stays for a moment after it got ready
 */
export function isNodeReady (text: string): boolean {
  const node = parseNode(text)
  const ready = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
  return ready === true && (node.spec?.taints ?? []).length === 0
}

/** The fields that matter here. */
interface NodeFields {
  readonly spec?: { readonly taints?: readonly unknown[] }
  readonly status?: { readonly conditions?: readonly { readonly type: string, readonly status: string }[] }
}

function parseNode (text: string): NodeFields {
  const node: unknown = JSON.parse(text)
  return typeof node === 'object' && node !== null ? node : {}
}
