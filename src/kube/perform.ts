import type { Resource } from './resource.js'
import { messageOf } from '../errors.js'
import { cancelled, KubeError } from './errors.js'

/**
 * Does something with each resource, as Helm's batchPerform: neighbours of one kind at once, then the next kind; all are tried even when
 * one fails.
 *
 * @param resources in their order
 * @param work what to do with one
 * @param signal ends it between two kinds
 * @throws {Error} the one failure, or one that names all of them, a line each
 */
export async function perform (resources: readonly Resource[], work: (resource: Resource) => Promise<void>, signal?: AbortSignal): Promise<void> {
  const failures: unknown[] = []
  for (const batch of batches(resources)) {
    if (signal?.aborted === true) {
      failures.push(cancelled())
      break
    }
    const outcomes = await Promise.allSettled(batch.map(work))
    for (const outcome of outcomes) if (outcome.status === 'rejected') failures.push(outcome.reason)
  }
  throwTogether(failures, '\n')
}

/**
 * Throws what failed, if anything did: one failure as it is, several as one error whose message joins theirs and whose cause is the first.
 */
export function throwTogether (failures: readonly unknown[], separator: string): void {
  const [first, ...rest] = failures
  if (failures.length === 0) return
  if (rest.length === 0) throw first
  const code = first instanceof KubeError ? first.code : 'server'
  throw new KubeError(code, failures.map(messageOf).join(separator), { cause: first })
}

/** Neighbours of one kind. */
function batches (resources: readonly Resource[]): Resource[][] {
  const all: Resource[][] = []
  for (const resource of resources) {
    const last = all.at(-1)
    if (last?.[0]?.mapping.kind === resource.mapping.kind) last.push(resource)
    else all.push([resource])
  }
  return all
}
