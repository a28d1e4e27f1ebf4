import type { ChartVersion } from './chart.js'
import type { Repository } from './repository.js'

/** The two programs that a reader may type. */
export const tools = ['helm', 'portolan'] as const
export type Tool = (typeof tools)[number]

/** Something to type, and what it does. */
export interface Command {
  readonly label: string
  readonly text: string
}

/**
 * How the repository is used: made known, given a chart, installed from.
 *
 * @param api whether the server takes uploads
 */
export function repositoryCommands (tool: Tool, repository: Repository, api: boolean): Command[] {
  return [
    { label: 'Add this repository', text: addText(tool, repository) },
    ...(api ? [uploadCommand(repository)] : []),
    { label: 'Install a chart', text: `${tool} install my-release ${shellWord(`${repository.alias}/mychart`)}` }
  ]
}

/**
 * How the repositories of a server are used.
 *
 * @param example one of them
 * @param api whether the server takes uploads
 */
export function serverCommands (tool: Tool, example: Repository, api: boolean): Command[] {
  return [{ label: 'Add one of them', text: addText(tool, example) }, ...(api ? [uploadCommand(example)] : [])]
}

/** What a newcomer to an empty repository types: package a chart, upload it, find it. */
export function firstCommands (tool: Tool, repository: Repository): Command[] {
  return [
    { label: 'Package a chart of yours', text: 'helm package mychart' },
    uploadCommand(repository),
    { label: 'Find it', text: `${addText(tool, repository)} && ${tool} search repo ${shellWord(repository.alias)}/` }
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

function addText (tool: Tool, { alias, url }: Repository): string {
  return `${tool} repo add ${shellWord(alias)} ${shellWord(url)}`
}

function uploadCommand ({ api }: Repository): Command {
  return { label: 'Upload a chart', text: `curl --data-binary @mychart-0.1.0.tgz ${shellWord(`${api}/charts`)}` }
}

/** A text for YAML, in double quotes: JSON's strings are YAML's. */
function quoted (text: string): string {
  return JSON.stringify(text)
}
