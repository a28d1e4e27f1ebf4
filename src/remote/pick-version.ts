import type { Warn } from './context.js'
import type { RemoteError } from './errors.js'
import { isVersionRange, type ChartVersion, type IndexFile } from '../repo/index-file.js'

/** Which version of which chart is wanted. */
export interface Wanted {
  readonly chart: string
  /** A version or a constraint; the newest stable version when empty. */
  readonly version: string
  readonly warn: Warn
}

/**
 * Picks a version from an index by Helm's rules (helm.md 5.3), and warns, as Helm 4 does, when an exact version was asked for and another one satisfies it.
 *
 * @param index where to look
 * @param wanted what for
 * @param failure words the error
 * @throws {RemoteError} what `failure` makes of the index's error
 */
export function pickVersion (index: IndexFile, { chart, version, warn }: Wanted, failure: (error: unknown) => RemoteError): ChartVersion {
  const found = lookUp(index, { chart, version }, failure)
  if (version !== '' && found.version !== version && !isVersionRange(version)) {
    warn('unable to find exact version requested; falling back to closest available version', { chart, requested: version, selected: found.version })
  }
  return found
}

function lookUp (index: IndexFile, { chart, version }: Omit<Wanted, 'warn'>, failure: (error: unknown) => RemoteError): ChartVersion {
  try {
    return index.get(chart, version)
  } catch (error) {
    throw failure(error)
  }
}
