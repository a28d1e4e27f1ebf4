import { TemplateError, type Place } from '../template/errors.js'
import { EngineError } from './errors.js'

/**
 * Words a template that cannot be parsed as Helm does: the place, and the last part of what Go says.
 *
 * @param error the template engine's error
 * @returns `parse error at (FILE:LINE): DETAIL`
 */
export function parseError (error: TemplateError): EngineError {
  const parts = error.message.split(': ')
  return new EngineError('parse', `parse error at (${parts[1] ?? ''}): ${parts.at(-1) ?? ''}`, { cause: error })
}

/**
 * Words a template that failed while it ran as Helm 4.3 does: what the chart itself refused in one line; a failure of the template
 * language as a block for each template that it went through, from the file inwards; and what a function complained about, which is no
 * error of the template language, as Go says it, in one line.
 *
 * @param error the template engine's error
 * @param limitHint what is said besides, in brackets, when it comes from a limit
 * @returns the error to show
 */
export function executionError (error: TemplateError, limitHint?: string): EngineError {
  const text = wording(error)
  if (typeof text !== 'string') return text
  const hint = limitHint !== undefined && limitCodes.has(error.code) ? ` (${limitHint})` : ''
  return new EngineError('execution', text + hint, { cause: error })
}

const limitCodes: ReadonlySet<string> = new Set(['too-many-steps', 'too-slow', 'output-too-large'])

function wording (error: TemplateError): string | EngineError {
  const refused = refusal(error)
  if (refused !== undefined && error.place !== undefined) {
    return new EngineError('failed', `execution error at (${location(error.place)}): ${refused.message}`, { cause: error })
  }
  const blocks: string[] = []
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (!(current instanceof TemplateError)) return error.message
    const block = blockOf(current)
    if (blocks.at(-1) !== block) blocks.push(block)
  }
  return blocks.join('').trim()
}

/** The error of `fail` or `required` at the bottom of an error, if that is what it comes from. */
function refusal (error: Error): EngineError | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (current instanceof EngineError && current.code === 'failed') return current
  }
  return undefined
}

function blockOf (error: TemplateError): string {
  if (error.place?.name === undefined) return `${error.message}\n`
  // What another template says below has a block of its own.
  const cut = error.detail.indexOf(' template:')
  const detail = cut === -1 ? error.detail : error.detail.slice(0, cut)
  const executing = `executing "${error.place.name}" at <${error.place.node ?? ''}>:`
  return `${location(error.place)}\n  ${executing}\n    ${detail}\n`
}

function location (place: Place): string {
  return place.column === undefined ? `${place.template}:${place.line}` : `${place.template}:${place.line}:${place.column}`
}
