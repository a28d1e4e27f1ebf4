import { createServer, type Server } from 'node:net'
import { once } from 'node:events'

/**
 * Finds TCP ports that nothing listens on. All are held at once before any is given back, so no two are the same.
 *
 * @param count how many
 * @returns ports of 127.0.0.1
 */
export async function freePorts (count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen))
  const ports = servers.map(portOf)
  await Promise.all(servers.map(close))
  return ports
}

async function listen (): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function portOf (server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has a numbered port')
  return address.port
}

async function close (server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}
