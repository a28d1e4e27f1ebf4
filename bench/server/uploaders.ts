import { once } from 'node:events'
import { chartArchiveOf, chartName } from './archives.js'
import { Connection, requestBytes } from './connection.js'
import type { UploadLoad } from './messages.js'
import { argument, say } from './messages.js'

// A process of its own: uploads over several connections at once, each as fast as it is answered. The archives are made before.
const { port, connections, seconds, charts } = argument() as UploadLoad

/** More than any server takes; should they run out, the rate is that of the shorter time. */
const most = 1000 * seconds
const uploads = Array.from({ length: most }, (_, i) =>
  requestBytes('POST', '/api/charts', { body: chartArchiveOf(chartName(i % charts), `2.${Math.floor(i / charts)}.0`) }))
const opened = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)))
const times: number[] = []
const faults: string[] = []
let next = 0

await say('ready')
await once(process, 'message')
const began = performance.now()
await Promise.all(opened.map(upload))
await say({ times, faults, seconds: (performance.now() - began) / 1000 })
process.disconnect()

async function upload (connection: Connection): Promise<void> {
  while (performance.now() - began < seconds * 1000) {
    const request = uploads[next++]
    if (request === undefined) break
    const sent = performance.now()
    try {
      const { body, ended } = await connection.expect(201, request)
      if (body.toString().trim() !== '{"saved":true}') throw new Error(`answered ${body.toString()}`)
      times.push(ended - sent)
    } catch (error) {
      faults.push(String(error))
      break
    }
  }
  connection.close()
}
