import { createHash, randomUUID } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { nameFault as nameFileFault } from '../../storage/local-fault.js'
import { CatalogError, nameFault } from './errors.js'

/** An upload that arrived whole: in memory when small, in a temporary file otherwise. */
export interface Spooled {
  /** In bytes. */
  readonly size: number
  /** SHA-256 in lower-case hex, without prefix. */
  readonly digest: string
  /** All its bytes, when they are in memory. */
  readonly bytes?: Uint8Array
  /** A new stream of all its bytes; any number of them, after one another or at the same time. */
  open (): Readable
  /** Lets go of memory and file, and never fails; may be called again. Nothing may be opened afterwards. */
  discard (): Promise<void>
}

export interface SpoolOptions {
  /** The most bytes to take. */
  readonly limit: number
  /** The folder for what does not fit into memory; made when it is not there. */
  readonly directory: string
}

/** What is kept in memory, in bytes. */
const memoryLimit = 256 * 1024

const blockSize = 64 * 1024

/**
 * Takes a stream in, hashing it as it passes. Its temporary file has no name any more once it is open, so that nothing is left of it
 * whatever happens to the process.
 *
 * @param body is not destroyed when it is refused, so that a server can still answer
 * @throws {CatalogError} `too-large`, `storage-full`, `storage-failed`; what the body itself fails with is thrown as it is
 */
export async function spool (body: Readable, { limit, directory }: SpoolOptions): Promise<Spooled> {
  const intake = new Intake(directory)
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      await intake.take(typeof chunk === 'string' ? Buffer.from(chunk) : chunk as Buffer)
      if (intake.size > limit) throw new CatalogError('too-large', `the upload is larger than ${limit} bytes`)
    }
    return intake.finish()
  } catch (error) {
    await intake.discard()
    throw error
  }
}

class Intake {
  readonly #directory: string
  readonly #hash = createHash('sha256')
  #chunks: Buffer[] = []
  #file: FileHandle | undefined
  size = 0

  constructor (directory: string) {
    this.#directory = directory
  }

  async take (chunk: Buffer): Promise<void> {
    this.size += chunk.length
    this.#hash.update(chunk)
    this.#chunks.push(chunk)
    if (this.size <= memoryLimit) return
    await onDisk(async () => {
      this.#file ??= await openNameless(this.#directory)
      // FileHandle.writeFile goes on from where the last one ended.
      await this.#file.writeFile(Buffer.concat(this.#chunks))
    })
    this.#chunks = []
  }

  finish (): Spooled {
    const digest = this.#hash.digest('hex')
    return this.#file === undefined ? inMemory(Buffer.concat(this.#chunks), digest) : inFile(this.#file, this.size, digest)
  }

  async discard (): Promise<void> {
    await letGo(this.#file)
  }
}

function inMemory (bytes: Buffer, digest: string): Spooled {
  let held: Buffer | undefined = bytes
  return {
    size: bytes.length,
    digest,
    bytes,
    open: () => Readable.from(held === undefined ? discarded() : [held], { objectMode: false }),
    discard: async () => { held = undefined }
  }
}

function inFile (file: FileHandle, size: number, digest: string): Spooled {
  let held: FileHandle | undefined = file
  return {
    size,
    digest,
    open: () => Readable.from(held === undefined ? discarded() : blocks(held, size), { objectMode: false }),
    discard: async () => {
      const closing = held
      held = undefined
      await letGo(closing)
    }
  }
}

async function * blocks (file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size;) {
    const { bytesRead, buffer } = await onDisk(() => file.read(Buffer.allocUnsafe(blockSize), 0, blockSize, position))
    if (bytesRead === 0) throw new CatalogError('storage-failed', 'a temporary file of an upload has become shorter')
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function * discarded (): AsyncGenerator<Buffer> {
  throw new CatalogError('storage-failed', 'the upload was discarded already')
}

async function openNameless (directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, `upload-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Closes a file that has no name. Whatever that fails with, nobody needs the bytes any more: it must not make a failure of what has succeeded. */
async function letGo (file: FileHandle | undefined): Promise<void> {
  await file?.close().catch(() => undefined)
}

async function onDisk<Result> (calls: () => Promise<Result>): Promise<Result> {
  try {
    return await calls()
  } catch (error) {
    throw nameFault(nameFileFault('upload', error))
  }
}
