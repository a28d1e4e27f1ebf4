import { setTimeout } from 'node:timers/promises'
import { chartArchiveOf, chartName } from './archives.js'
import type { Answer, Connection } from './connection.js'
import { isCompressed, requestBytes } from './connection.js'
import type { IndexClient } from './index-requests.js'
import { indexRequests, plainIndex } from './index-requests.js'

export interface UntilListed {
  /** Milliseconds from the first byte of an upload to the last one of the index that has it, one for each upload. */
  readonly times: readonly number[]
  /** The bytes of the last index, as sent. */
  readonly size: number
  readonly compressed: boolean
}

export interface UploadsToList {
  readonly client: IndexClient
  /** How many uploads, at most: after 20 seconds there are no more than three. */
  readonly uploads: number
  /** A number that no other upload of the store has; those that follow are taken too. */
  readonly first: number
}

const patience = 20_000
/** Uploads that do not count: the first index of a client may be made for it. */
const warmUp = 2

/**
 * Uploads a version, reads the whole index, and again until the version is in it.
 *
 * @param connection with room for the index
 * @throws {Error} when an answer is not what it must be
 */
export async function uploadUntilListed (connection: Connection, { client, uploads, first }: UploadsToList): Promise<UntilListed> {
  const times: number[] = []
  let last: Pick<UntilListed, 'size' | 'compressed'> = { size: 0, compressed: false }
  const began = performance.now()
  for (let i = 0; i < uploads + warmUp; i++) {
    if (times.length >= 3 && performance.now() - began > patience) break
    const name = chartName(i % 7)
    const version = `3.${first + i}.0`
    const upload = requestBytes('POST', '/api/charts', { body: chartArchiveOf(name, version) })
    const sent = performance.now()
    await connection.expect(201, upload)
    const listed = await indexWith(connection, client, `${name}-${version}.tgz`)
    if (i >= warmUp) times.push(listed.ended - sent)
    last = { size: listed.body.length, compressed: isCompressed(listed) }
    // What is left to do after an upload shall not fall into the next one.
    await setTimeout(20)
  }
  return { times, ...last }
}

async function indexWith (connection: Connection, client: IndexClient, fileName: string): Promise<Answer> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline;) {
    const answer = await connection.expect(200, indexRequests[client])
    if (plainIndex(answer).includes(fileName)) return answer
  }
  throw new Error(`${fileName} is not in the index a minute after its upload`)
}

/** Milliseconds of reading the same number of bytes from a server that has nothing to do for them. */
export async function readAgain (connection: Connection, times: number): Promise<number[]> {
  const request = requestBytes('GET', '/')
  const taken: number[] = []
  for (let i = 0; i < times + warmUp; i++) {
    const sent = performance.now()
    const { ended } = await connection.expect(200, request)
    if (i >= warmUp) taken.push(ended - sent)
    await setTimeout(20)
  }
  return taken
}
