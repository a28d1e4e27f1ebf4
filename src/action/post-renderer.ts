import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { quote } from '../go/strconv.js'
import { trimSpace } from '../sprig/unicode.js'
import { ActionError } from './errors.js'
import type { PlatformCommand, Plugin } from './plugin.js'

/** What a plugin's process gets beside its input. */
export interface PluginRun {
  /** Arguments after the plugin's own (--post-renderer-args). */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Takes what a plugin that fails wrote to standard error. */
  readonly stderr: (text: string) => void
  readonly signal: AbortSignal
}

/**
 * Has manifests changed by a plugin: they are its standard input, and what it prints takes their place (Helm 4's postrenderer/v1).
 *
 * @param plugin of that type
 * @param run see PluginRun
 * @returns takes and gives YAML documents; it rejects with ActionError post-render-failed, in Helm's words
 */
export function postRenderer (plugin: Plugin, run: PluginRun): (manifests: string) => Promise<string> {
  return async manifests => {
    const printed = await invoke(plugin, run, manifests)
    if (trimSpace(printed) === '') throw new ActionError('post-render-failed', `post-renderer ${quote(plugin.name)} produced empty output`)
    return printed
  }
}

async function invoke (plugin: Plugin, { args, env, cwd, stderr, signal }: PluginRun, input: string): Promise<string> {
  const variables = { ...env, HELM_PLUGIN_NAME: plugin.name, HELM_PLUGIN_DIR: plugin.folder }
  const failed = (message: string, cause?: unknown): ActionError =>
    new ActionError('post-render-failed', `failed to invoke post-renderer plugin ${quote(plugin.name)}: ${message}`, { cause })
  const [program, ...own] = commandLine(plugin.commands, variables)
  if (program === undefined) throw failed('failed to prepare plugin command: no plugin command is applicable')
  const child = spawn(program, [...own, ...args], { cwd, env: variables, signal })
  // A plugin need not read all of it.
  child.stdin.on('error', () => { /* told by its exit code */ }).end(input)
  const exit = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', code => resolve(code ?? -1)))
  const [printed, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]).catch((error: unknown) => {
    throw failed(startFailure(program, error), error)
  })
  if (code === 0) return printed
  stderr(complaints)
  throw failed(`plugin ${quote(plugin.name)} exited with error`)
}

function startFailure (program: string, error: unknown): string {
  const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  if (!absent) return error instanceof Error ? error.message : String(error)
  return program.includes('/') ? `fork/exec ${program}: no such file or directory` : `exec: ${quote(program)}: executable file not found in $PATH`
}

/** Go's names of systems and processors, by Node's. */
const systems: ReadonlyMap<string, string> = new Map([['win32', 'windows'], ['sunos', 'solaris']])
const processors: ReadonlyMap<string, string> = new Map([['x64', 'amd64'], ['ia32', '386'], ['ppc64', 'ppc64le']])

/** The words of the command for this machine; none when there is none. */
function commandLine (commands: readonly PlatformCommand[], env: Readonly<Record<string, string | undefined>>): string[] {
  const os = systems.get(process.platform) ?? process.platform
  const arch = processors.get(process.arch) ?? process.arch
  const fits = (wanted: PlatformCommand, [osToo, archToo]: readonly [boolean, boolean]): boolean =>
    wanted.os.toLowerCase() === (osToo ? os : '') && wanted.arch.toLowerCase() === (archToo ? arch : '')
  const chosen = commands.find(each => fits(each, [true, true])) ?? commands.find(each => fits(each, [true, false])) ?? commands.find(each => fits(each, [false, false]))
  if (chosen === undefined || chosen.command === '') return []
  return [...chosen.command.split(' '), ...chosen.args].map(word => expand(word, env))
}

/**
 * A text with variables in place of their names (Go's os.Expand).
 *
 * @param text with `$NAME` or `${NAME}`
 * @param env variables by name; those that are not there are empty
 */
export function expand (text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\$(?:\{([^}]*)\}|([*#$@!?0-9-])|([A-Za-z_][A-Za-z0-9_]*)|\{)/g,
    (_, braced?: string, special?: string, name?: string) => env[braced ?? special ?? name ?? ''] ?? '')
}
