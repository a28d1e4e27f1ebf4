import { parseInt } from '../go/strconv.js'
import { StrconvError } from '../go/errors.js'
import type { ManifestHead } from './head.js'
import { trimSpace } from '../sprig/unicode.js'

/** A rendered object that is created at a moment of the release's life instead of belonging to it. */
export interface Hook {
  readonly name: string
  readonly kind: string
  /** The template that it comes from. */
  readonly path: string
  readonly manifest: string
  /** `pre-install`, `post-upgrade`, `test`, … */
  readonly events: string[]
  readonly weight: number
  readonly deletePolicies: string[]
  readonly outputLogPolicies: string[]
}

/** Helm's events; charts may also call a test by its name of Helm 2. */
const events: ReadonlyMap<string, string> = new Map([
  ...['pre-install', 'post-install', 'pre-delete', 'post-delete', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'test']
    .map(event => [event, event] as const),
  ['test-success', 'test']
])

/**
 * Whether a document is a hook.
 *
 * @param head its head
 * @returns true when it has the annotation `helm.sh/hook`
 */
export function isHook (head: ManifestHead): boolean {
  return head.annotations.has('helm.sh/hook')
}

/**
 * Makes a hook of a document.
 *
 * @param head its head
 * @param manifest the document
 * @param path the template that it comes from
 * @returns the hook; undefined when one of its events is unknown, which makes Helm drop it
 */
export function hookOf (head: ManifestHead, manifest: string, path: string): Hook | undefined {
  const named = listAt(head, 'helm.sh/hook').map(event => events.get(event))
  const known = named.filter(event => event !== undefined)
  if (known.length < named.length) return undefined
  return {
    name: head.name,
    kind: head.kind,
    path,
    manifest,
    events: known,
    weight: weightOf(head.annotations.get('helm.sh/hook-weight') ?? ''),
    deletePolicies: listAt(head, 'helm.sh/hook-delete-policy'),
    outputLogPolicies: listAt(head, 'helm.sh/hook-output-log-policy')
  }
}

function listAt (head: ManifestHead, annotation: string): string[] {
  return head.annotations.get(annotation)?.split(',').map(part => trimSpace(part).toLowerCase()) ?? []
}

/** What is no number weighs nothing. */
function weightOf (text: string): number {
  try {
    return Number(parseInt(text, 10, 'Atoi'))
  } catch (error) {
    if (error instanceof StrconvError) return 0
    throw error
  }
}
