import { delimiter, join, resolve } from 'node:path'
import type { RenderContext } from '../action/context.js'
import { messageOf } from '../errors.js'
import { quote } from '../go/strconv.js'
import type { CliContext } from './command.js'
import { CliError } from './errors.js'
import type { Flags } from './flags.js'
import { helmHome } from './helm-home.js'
import { renderContext } from './render-context.js'
import { renderLimits } from './render-limits.js'

/** What `--render-limits`, `--enable-dns` and `--post-renderer` add to rendering. */
export type RenderExtras = Pick<RenderContext, 'limits' | 'limitHint' | 'resolveHost' | 'postRender'>

/**
 * Reads `--render-limits`, `--enable-dns`, `--post-renderer` and `--post-renderer-args`.
 *
 * @param context the command's
 * @param flags the call's
 * @throws {CliError} invalid-argument: a limit that is none; a post-renderer that is not there, or more than one
 */
export async function renderExtras (context: CliContext, flags: Flags): Promise<RenderExtras> {
  const limits = renderLimits(context, flags)
  const postRender = await postRenderOf(context, flags)
  return {
    ...limits,
    ...flags.bool('enable-dns') ? { resolveHost: async (name: string) => (await (await import('node:dns/promises')).lookup(name)).address } : {},
    ...postRender === undefined ? {} : { postRender }
  }
}

async function postRenderOf (context: CliContext, flags: Flags): Promise<RenderContext['postRender']> {
  const [name, second] = flags.list('post-renderer').filter(each => each !== '')
  if (name === undefined) return undefined
  if (second !== undefined) throw invalid(second, 'cannot specify --post-renderer flag more than once')
  const [{ findPlugin }, { postRenderer }] = await Promise.all([import('../action/plugin.js'), import('../action/post-renderer.js')])
  const { env, cwd, signal } = context
  const folders = (env['HELM_PLUGINS'] || join(helmHome(env, process.platform).data, 'plugins')).split(delimiter).map(folder => resolve(cwd, folder))
  const plugin = await findPlugin(folders, { name, type: 'postrenderer/v1' }, renderContext(context, flags).log).catch((error: unknown) => {
    throw invalid(name, messageOf(error), error)
  })
  return postRenderer(plugin, { args: flags.list('post-renderer-args'), env, cwd, signal, stderr: text => { context.stderr.write(text) } })
}

function invalid (value: string, reason: string, cause?: unknown): CliError {
  return new CliError('invalid-argument', `invalid argument ${quote(value)} for "--post-renderer" flag: ${reason}`, { cause })
}
