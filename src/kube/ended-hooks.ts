import { parseObject } from './json.js'
import { pathOf } from './mapping.js'
import { at, textAt, type KubeObject } from './objects.js'
import { hookStatus } from './ready.js'
import type { Resource } from './resource.js'
import type { Transport } from './transport.js'

/** What comes to an end, and may then be gone at once: the cluster removes a Job with `ttlSecondsAfterFinished: 0`. */
const ending: ReadonlySet<string> = new Set(['Job', 'Pod'])

function isEnding ({ mapping }: Resource): boolean {
  return ending.has(mapping.kind)
}

/** The versions in which objects were created that come to an end: from there on they are to be watched. */
export class Beginnings {
  readonly #versions = new WeakMap<Resource, string>()

  /**
   * Notes a version, if it will be asked for.
   *
   * @param resource what was created
   * @param json what the API answered
   */
  note (resource: Resource, json: string): void {
    if (isEnding(resource)) this.#versions.set(resource, textAt(parseObject(json), ['metadata', 'resourceVersion']))
  }

  /** The version, or the empty text. */
  of (resource: Resource): string {
    return this.#versions.get(resource) ?? ''
  }
}

/** Events of a watch that tell of the object; others tell of the watch. */
const telling: ReadonlySet<string> = new Set(['ADDED', 'MODIFIED', 'DELETED'])

/**
 * How hooks ended, also of those that were gone before one could look again: Helm's waiting watches, and so does not miss it either
 * (kstatus' watcher). Whoever only looks from time to time would wait for such a Job until time is up. The watch begins with the version
 * that was created: not even what happens before it is open is missed, as it can be by Helm's.
 */
export class EndedHooks {
  readonly #transport: Transport
  readonly #ends = new Map<Resource, KubeObject>()
  readonly #closed = new AbortController()

  /**
   * Watches until it is closed.
   *
   * @param transport to the cluster
   * @param hooks what was just created
   * @param begun in which versions
   */
  constructor (transport: Transport, hooks: readonly Resource[], begun: Beginnings) {
    this.#transport = transport
    for (const hook of hooks.filter(each => isEnding(each) && each.name !== '')) {
      // Who may not watch, or whose watch breaks, has looking again and again: it tells of every other end, and of what is wrong.
      this.#watch(hook, begun.of(hook)).catch(() => {})
    }
  }

  /** What a hook was like when it had ended; nothing when that was not seen. */
  of (hook: Resource): KubeObject | undefined {
    return this.#ends.get(hook)
  }

  /** Ends watching. */
  close (): void {
    this.#closed.abort()
  }

  async #watch (hook: Resource, resourceVersion: string): Promise<void> {
    const { mapping, namespace, name } = hook
    const query = { watch: 'true', fieldSelector: `metadata.name=${name}`, ...resourceVersion === '' ? {} : { resourceVersion } }
    await this.#transport.follow({ method: 'GET', path: pathOf(mapping, namespace), query }, this.#closed.signal, line => { this.#take(hook, line) })
  }

  #take (hook: Resource, line: string): void {
    const event = parseObject(line)
    const object = at(event, 'object')
    if (!(object instanceof Map) || this.#ends.has(hook) || !telling.has(textAt(event, ['type']))) return
    const { progress } = hookStatus(object)
    if (progress === 'Current' || progress === 'Failed') this.#ends.set(hook, object)
  }
}
