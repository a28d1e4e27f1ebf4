import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { Cluster } from '../../cluster/start-cluster.js'

/** A webhook that is asked before objects are written. */
export interface Guard {
  readonly url: string
  stop (): Promise<void>
}

interface Review {
  readonly request: { readonly uid: string, readonly name: string }
}

/**
 * Starts a validating webhook on a free port of 127.0.0.1, which refuses whatever happens to objects that are called `b`.
 *
 * @param cluster whose API asks it, and whose server's certificate it shows
 */
export async function startGuard (cluster: Cluster): Promise<Guard> {
  const [cert, key] = await Promise.all(['server.crt', 'server.key'].map(async name => await readFile(join(cluster.dir, name))))
  const server = createServer({ cert, key }, (request, response) => {
    json(request).then(review => {
      const { request: { uid, name } } = review as Review
      const verdict = name === 'b' ? { allowed: false, status: { message: 'not on my watch', code: 403 } } : { allowed: true }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid, ...verdict } }))
    }, () => { response.destroy() })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
