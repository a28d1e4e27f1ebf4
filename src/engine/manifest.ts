import { compareBytes } from '../go/bytes.js'
import { trimSpace } from '../sprig/unicode.js'
import { EngineError, ManifestError } from './errors.js'
import { readHead, type ManifestHead } from './head.js'
import { hookOf, isHook, type Hook } from './hooks.js'
import { installOrder, sortByKind } from './kind-order.js'
import { splitManifests } from './split-manifests.js'
import { isPartial } from './templates.js'

/** One rendered object of a release. */
export interface Manifest {
  /** The template that it comes from. */
  readonly name: string
  readonly kind: string
  readonly content: string
  readonly head: ManifestHead
}

/** Rendered objects, sorted. */
export interface SortedManifests {
  readonly manifests: Manifest[]
  readonly hooks: Hook[]
}

/**
 * Takes rendered files apart into objects and hooks: Helm's SortManifests.
 *
 * @param rendered texts by path; NOTES.txt must not be among them
 * @param options `order`: the order of kinds, Helm's install order unless given; `skipped`: told of a hook that Helm drops
 * @returns both in the order of kinds; what is of one kind is in the order of paths, then of documents
 * @throws {ManifestError} `YAML parse error on PATH: …`
 */
export function sortManifests (
  rendered: ReadonlyMap<string, string>,
  options: { order?: readonly string[], skipped?: (path: string, hooks: string) => void } = {}
): SortedManifests {
  const manifests: Manifest[] = []
  const hooks: Hook[] = []
  for (const { path, content } of documentsOf(rendered)) {
    const head = headOf(content, path, rendered)
    if (!isHook(head)) {
      manifests.push({ name: path, kind: head.kind, content, head })
      continue
    }
    const hook = hookOf(head, content, path)
    if (hook === undefined) options.skipped?.(path, head.annotations.get('helm.sh/hook') ?? '')
    else hooks.push(hook)
  }
  const order = options.order ?? installOrder
  return { manifests: sortByKind(manifests, order), hooks: sortByKind(hooks, order) }
}

function headOf (document: string, path: string, files: ReadonlyMap<string, string>): ManifestHead {
  try {
    return readHead(document, path)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new ManifestError(error.message, { path, document, files }, { cause: error })
  }
}

/**
 * The manifest of a release, as it is stored and applied.
 *
 * @param manifests sorted objects
 * @param options `hideSecrets`: whether to leave out what Secrets hold
 * @returns a `---` and a `# Source:` line before each object, a line feed behind it
 */
export function manifestText (manifests: readonly Manifest[], options: { hideSecrets?: boolean } = {}): string {
  return manifests.map(manifest => {
    const hidden = options.hideSecrets === true && manifest.kind === 'Secret' && manifest.head.apiVersion === 'v1'
    return sourceBlock(manifest.name, hidden ? '# HIDDEN: The Secret output has been suppressed' : manifest.content)
  }).join('')
}

/**
 * One object as it stands in a manifest.
 *
 * @param path the template that it comes from
 * @param content its text
 * @returns `---`, a `# Source:` line, the text and a line feed
 */
export function sourceBlock (path: string, content: string): string {
  return `---\n# Source: ${path}\n${content}\n`
}

function * documentsOf (rendered: ReadonlyMap<string, string>): Generator<{ path: string, content: string }> {
  for (const path of [...rendered.keys()].sort(compareBytes)) {
    const text = rendered.get(path) ?? ''
    if (isPartial(path) || trimSpace(text) === '') continue
    for (const content of splitManifests(text)) yield { path, content }
  }
}
