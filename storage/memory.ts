import { Readable } from 'node:stream'
import type { Backend, ByteRange, ObjectInfo } from './backend.js'
import { ObjectExists, ObjectNotFound } from './errors.js'
import { compareKeys } from './key.js'

export interface MemoryOptions {
  readonly clock?: () => Date
}

interface StoredObject {
  readonly info: ObjectInfo
  readonly bytes: Buffer
}

/** A backend that keeps its objects in this process: for tests, and for trying the server out. */
export class MemoryBackend implements Backend {
  readonly name = 'memory'
  readonly #objects = new Map<string, StoredObject>()
  readonly #clock: () => Date
  #writes = 0

  constructor ({ clock = () => new Date() }: MemoryOptions = {}) {
    this.#clock = clock
  }

  async stat (key: string): Promise<ObjectInfo> {
    return this.#get(key).info
  }

  async read (key: string, { start, end = Infinity }: ByteRange = { start: 0 }): Promise<Readable> {
    const { bytes } = this.#get(key)
    return Readable.from([bytes.subarray(start, Math.max(start, end + 1))], { objectMode: false })
  }

  async create (key: string, body: Readable): Promise<ObjectInfo> {
    const bytes = await collect(body)
    // Nothing is awaited from here on, so of racing calls one comes first.
    if (this.#objects.has(key)) throw new ObjectExists(key)
    return this.#set(key, bytes)
  }

  async put (key: string, body: Readable): Promise<ObjectInfo> {
    return this.#set(key, await collect(body))
  }

  async delete (key: string): Promise<void> {
    this.#objects.delete(key)
  }

  async * list (prefix: string, after = ''): AsyncGenerator<ObjectInfo> {
    const wanted = [...this.#objects.keys()].filter(key => key.startsWith(prefix) && compareKeys(key, after) > 0).sort(compareKeys)
    for (const key of wanted) {
      const object = this.#objects.get(key)
      if (object !== undefined) yield object.info
    }
  }

  #get (key: string): StoredObject {
    const object = this.#objects.get(key)
    if (object === undefined) throw new ObjectNotFound(key)
    return object
  }

  #set (key: string, bytes: Buffer): ObjectInfo {
    const info = { key, size: bytes.length, modified: this.#clock(), etag: String(++this.#writes) }
    this.#objects.set(key, { info, bytes })
    return info
  }
}

async function collect (body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
