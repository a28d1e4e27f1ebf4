import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Adoption } from '../catalog/catalog.js'
import type { Scan } from '../server/store-metrics.js'
import type { Store } from './open-store.js'

/** Scans that go on until they are stopped. */
export interface Scans {
  /** Ends the scan under way, and all others. */
  readonly stop: () => Promise<void>
}

/** How to scan. */
export interface ScanOptions {
  /** Milliseconds from the end of one scan to the next; 0 for no further one. */
  readonly interval: number
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Told of each scan when it has ended by itself. */
  readonly onScan?: ((scan: Scan) => void) | undefined
}

/**
 * Looks through the store for what was put there, replaced or removed by hand: now, and then again and again. The first scan is logged, and
 * those that changed something; a scan that fails is, too, and the next one tries again.
 */
export function scanStore ({ catalog, depth }: Pick<Store, 'catalog' | 'depth'>, { interval, logger, onScan }: ScanOptions): Scans {
  const end = new AbortController()
  const { signal } = end
  let first = true
  const scan = async (): Promise<void> => {
    const began = performance.now()
    const tell = (adoption?: Adoption): void => onScan?.({ seconds: (performance.now() - began) / 1000, ...(adoption && { adoption }) })
    try {
      const adoption = await catalog.adopt({ depth, signal })
      tell(adoption)
      log(adoption, { logger, always: first })
      first = false
    } catch (error) {
      if (signal.aborted) return
      tell()
      logger.error({ err: error }, 'The storage could not be looked through')
    }
  }
  const scanning = (async () => {
    do await scan()
    while (await passed(interval, signal))
  })()
  return {
    stop: async () => {
      end.abort()
      await scanning
    }
  }
}

/** The longest time that a timer takes, in milliseconds: 24 days. */
const longest = 2 ** 31 - 1

/** Waits; false when it was to end meanwhile, or there is nothing to wait for. */
async function passed (milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (milliseconds === 0) return false
  return await setTimeout(Math.min(milliseconds, longest), true, { signal, ref: false }).catch(() => false)
}

function log ({ adopted, updated, removed, unreadable, refused, withheld }: Adoption, { logger, always }: { readonly logger: Pick<Logger, 'info' | 'warn'>, readonly always: boolean }): void {
  for (const file of refused) logger.warn(file, 'A file in the storage is no chart')
  for (const tenant of withheld) logger.warn(tenant, 'Most files of a repository are gone from the storage: their records are kept (see portolan doctor)')
  if (always || adopted + updated + removed + unreadable > 0) logger.info({ adopted, updated, removed, unreadable }, 'The storage was looked through')
}
