import type { ChartVersion } from './chart.js'

/** The two programs that a reader may type. */
export const tools = ['helm', 'portolan'] as const
export type Tool = (typeof tools)[number]

/** This repository, as commands name it. */
export interface Repository {
  /** The name that `repo add` is told to use. */
  readonly alias: string
  /** Without a slash at its end. */
  readonly url: string
}

/** Something to type, and what it does. */
export interface Command {
  readonly label: string
  readonly text: string
}

/**
 * The repository whose page is at an address. Its alias is the last part of the path, or the first part of the host's name; `mine` for an
 * address of numbers and for this machine.
 *
 * @param address of the page, with whatever stands after its path
 */
export function repositoryAt (address: string): Repository {
  const { origin, hostname, pathname } = new URL(address)
  const path = pathname.replace(/\/(index\.html)?$/, '')
  const folder = path.split('/').at(-1) ?? ''
  const host = /^[a-z][a-z0-9-]*\./.exec(hostname)?.[0].slice(0, -1) ?? 'mine'
  return { alias: folder === '' || !isPlain(folder) ? host : folder, url: origin + path }
}

/**
 * How the repository is used: made known, given a chart, installed from.
 *
 * @param api whether the server takes uploads
 */
export function repositoryCommands (tool: Tool, { alias, url }: Repository, api: boolean): Command[] {
  return [
    { label: 'Add this repository', text: `${tool} repo add ${shellWord(alias)} ${shellWord(url)}` },
    ...(api ? [uploadCommand(url)] : []),
    { label: 'Install a chart', text: `${tool} install my-release ${shellWord(`${alias}/mychart`)}` }
  ]
}

/** What a newcomer to an empty repository types: package a chart, upload it, see it. */
export function firstCommands (tool: Tool, { alias, url }: Repository): Command[] {
  return [
    { label: 'Package a chart of yours', text: 'helm package mychart' },
    uploadCommand(url),
    { label: 'Find it', text: `${tool} repo add ${shellWord(alias)} ${shellWord(url)} && ${tool} search repo ${shellWord(alias)}/` }
  ]
}

/** What to type for a version of a chart: install it, or depend on it when it is a library. */
export function chartCommands (tool: Tool, { alias, url }: Repository, { name, version, type }: Pick<ChartVersion, 'name' | 'version' | 'type'>): Command[] {
  const chart = `${shellWord(`${alias}/${name}`)} --version ${shellWord(version)}`
  const pull: Command = { label: 'Download', text: `${tool} pull ${chart}` }
  if (type === 'library') {
    return [{ label: 'Depend on it (in Chart.yaml)', text: `dependencies:\n  - name: ${quoted(name)}\n    version: ${quoted(version)}\n    repository: ${quoted(url)}` }, pull]
  }
  return [{ label: 'Install', text: `${tool} install my-release ${chart}` }, pull]
}

/**
 * A word for a POSIX shell: as it is when that is safe, else in single quotes. Control characters, which could end the line where it is pasted,
 * become question marks.
 */
export function shellWord (text: string): string {
  const visible = text.replace(/[\p{Cc}\u2028\u2029]/gu, '?')
  return /^[\w@%+=:,./-]+$/.test(visible) ? visible : `'${visible.replaceAll("'", "'\\''")}'`
}

function uploadCommand (url: string): Command {
  return { label: 'Upload a chart', text: `curl --data-binary @mychart-0.1.0.tgz ${shellWord(`${url}/api/charts`)}` }
}

/** A text for YAML, in double quotes: JSON's strings are YAML's. */
function quoted (text: string): string {
  return JSON.stringify(text)
}

function isPlain (text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]*$/i.test(text)
}
