import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { connect as connectSecurely } from 'node:tls'
import type { FastifyInstance } from 'fastify'

/** A connection that is spoken to byte by byte. */
export interface RawConnection {
  readonly socket: Socket
  readonly send: (text: string | Uint8Array) => void
  /** Resolves when a text has come, with all that came since the connection was opened. Rejects when the connection is closed before that. */
  readonly until: (text: string) => Promise<string>
  /** What came until the server closed the connection. */
  readonly ended: Promise<string>
}

/**
 * Listens on a free port of 127.0.0.1.
 *
 * @returns the port
 */
export async function listenOn (app: FastifyInstance): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

/**
 * Connects to a port of 127.0.0.1.
 *
 * @param protocol TLS takes any certificate
 */
export async function openRaw (port: number, protocol: 'tcp' | 'tls' = 'tcp'): Promise<RawConnection> {
  const socket = protocol === 'tcp' ? connect({ host: '127.0.0.1', port }) : connectSecurely({ host: '127.0.0.1', port, rejectUnauthorized: false })
  let text = ''
  const ended = new Promise<string>(resolve => {
    socket.setEncoding('latin1').on('data', (chunk: string) => { text += chunk })
    // A reset connection is a closed one.
    socket.on('error', () => undefined).on('close', () => resolve(text))
  })
  await once(socket, protocol === 'tcp' ? 'connect' : 'secureConnect')
  const until = async (wanted: string): Promise<string> => {
    while (!text.includes(wanted)) {
      if (socket.closed) throw new Error(`closed before ${JSON.stringify(wanted)}, after ${JSON.stringify(text)}`)
      await Promise.race([once(socket, 'data'), ended])
    }
    return text
  }
  return { socket, send: data => { socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data) }, until, ended }
}
