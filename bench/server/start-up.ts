import type { IndexClient } from './index-requests.js'
import { countVersions, indexRequests, indexSpace, plainIndex } from './index-requests.js'
import type { Running } from './programs.js'

/**
 * Milliseconds from a program's start to the end of its first index.
 *
 * @param running a program that was started on a store that it knows
 * @param expected who asks for the index, and how many versions it must have
 * @throws {Error} when it has fewer
 */
export async function firstIndex (running: Running, { client, versions }: { readonly client: IndexClient, readonly versions: number }): Promise<number> {
  const connection = await running.connect(indexSpace(versions))
  const answer = await connection.expect(200, indexRequests[client])
  const listed = countVersions(plainIndex(answer))
  connection.close()
  if (listed !== versions) throw new Error(`the first index has ${listed} of ${versions} versions`)
  return answer.ended - running.begun
}
