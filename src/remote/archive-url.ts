import { RemoteError } from './errors.js'
import { resolveReferenceUrl } from '../repo/index-file.js'

/**
 * An index entry's URL, made absolute.
 *
 * @param base the repository's URL
 * @param text the entry's, absolute or relative
 * @param reference named in the error
 * @throws {RemoteError} invalid-url
 */
export function archiveUrl (base: string, text: string, reference: string): URL {
  try {
    return new URL(resolveReferenceUrl(base, text))
  } catch (error) {
    throw new RemoteError('invalid-url', `invalid chart URL format: ${reference}`, { cause: error })
  }
}
