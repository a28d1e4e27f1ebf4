import type { Test } from 'tap'
import type { Access } from '../../src/kube/access.js'
import { ClusterClient } from '../../src/kube/cluster-client.js'
import { Transport } from '../../src/kube/transport.js'
import type { Warn } from '../../src/kube/warn.js'
import { FakeApiServer } from './fake-api-server.js'
import { ManualClock } from './manual-clock.js'

/** A client of a fake API, with a clock that need not be waited for. */
export interface FakeCluster {
  readonly server: FakeApiServer
  readonly transport: Transport
  readonly client: ClusterClient
  readonly clock: ManualClock
  readonly warnings: string[]
}

/** How the fake API is reached: without any of what real ones want. */
export function accessTo (url: string): Access {
  const credential = { authorization: async () => undefined, keyPair: async () => undefined, renew: async () => false }
  return { server: new URL(url), namespace: 'default', trust: { insecure: false }, credential, headers: [] }
}

/**
 * Starts a fake API and connects to it; both end with the test.
 *
 * @param t the test
 * @param namespace where objects go that name none
 */
export async function fakeCluster (t: Test, namespace = 'default'): Promise<FakeCluster> {
  const server = await FakeApiServer.start()
  const clock = new ManualClock()
  const warnings: string[] = []
  const warn: Warn = (message, facts = {}) => { warnings.push([message, ...Object.entries(facts).map(([name, value]) => `${name}=${value}`)].join(' ')) }
  const transport = new Transport(Promise.resolve(accessTo(server.url)), { clock, env: {}, warn })
  t.teardown(async () => {
    await transport.close()
    await server.stop()
  })
  return { server, transport, clock, warnings, client: new ClusterClient(transport, { namespace, clock, warn }) }
}
