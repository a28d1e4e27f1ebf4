import { once } from 'node:events'
import { Connection } from './connection.js'
import { indexRequests } from './index-requests.js'
import type { ReadLoad } from './messages.js'
import { argument, say } from './messages.js'

// A process of its own: a Helm client and another one read the index, over and over, until they are told to end.
const { port, space } = argument() as ReadLoad
const opened = await Promise.all([Connection.open(port, space), Connection.open(port, space)] as const)
const requests = [indexRequests.Helm, indexRequests.YAML] as const
const faults: string[] = []
let indexes = 0
const ending = new AbortController()

await Promise.all(opened.map((connection, i) => connection.expect(200, requests[i] ?? requests[0])))
const told = once(process, 'message').then(() => ending.abort())
await say('ready')
const began = performance.now()
await Promise.all(opened.map(read))
await told
await say({ indexes, faults, seconds: (performance.now() - began) / 1000 })
process.disconnect()

async function read (connection: Connection, i: number): Promise<void> {
  while (!ending.signal.aborted) {
    try {
      const { body } = await connection.expect(200, requests[i] ?? requests[0])
      if (!body.includes('.tgz')) throw new Error('an index is empty')
      indexes++
    } catch (error) {
      faults.push(String(error))
      break
    }
  }
  connection.close()
}
