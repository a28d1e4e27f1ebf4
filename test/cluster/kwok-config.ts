/**
 * kwok's configuration: the containers of all pods have one log.
 *
 * @param podLog the file with the log
 * @returns JSON, which every reader of YAML reads
 */
export function kwokConfig (podLog: string): string {
  return JSON.stringify({
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'all-pods' },
    spec: { logs: [{ logsFile: podLog }] }
  })
}

/**
 * A container's log as a container runtime keeps it: time, stream and "full line" before each line.
 *
 * @param lines what the container is to have printed
 * @returns the text of the file
 */
export function containerLog (lines: readonly string[]): string {
  return lines.map((line) => `2026-01-01T00:00:00.000000000Z stdout F ${line}\n`).join('')
}
