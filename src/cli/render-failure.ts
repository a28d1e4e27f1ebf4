import { showOnly } from '../action/show-only.js'
import { ActionError } from '../action/errors.js'
import { EngineError, ManifestError } from '../engine/errors.js'
import { faultPage } from '../engine/fault-page.js'
import { sourceBlock } from '../engine/manifest.js'
import { trimSpace } from '../sprig/unicode.js'

const hint = '\n\nUse --debug flag to render out invalid YAML'

/**
 * A failure to render, worded as `template` words it: Helm's text, its hint how more could be seen, and where rendered YAML cannot be read, the
 * lines around the fault.
 *
 * @param error what failed; anything but a failure to render stays as it is
 * @param options whether --debug was given
 */
export function explainedFailure (error: unknown, { debug }: { readonly debug: boolean }): unknown {
  if (!(error instanceof EngineError)) return error
  const page = error instanceof ManifestError ? `\n\n${faultPage(error, { secrets: debug }).trimEnd()}` : ''
  return new EngineError(error.code, `${error.message}${debug ? '' : hint}${page}`, { cause: error })
}

/**
 * What `template --debug` prints of a chart that cannot be rendered: everything that was rendered, whether it can be read or not.
 *
 * @param error what failed
 * @param patterns of --show-only
 */
export function failedText (error: EngineError, patterns: readonly string[]): string {
  const files = error instanceof ManifestError ? [...error.files] : []
  const blocks = files.filter(([, content]) => trimSpace(content) !== '').map(([path, content]) => sourceBlock(path, content))
  const text = `${trimSpace(blocks.join(''))}\n`
  if (patterns.length === 0) return text
  try {
    return showOnly(text, patterns)
  } catch (failure) {
    if (failure instanceof ActionError) return ''
    throw failure
  }
}
