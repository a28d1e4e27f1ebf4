import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'

/** A connection that is spoken to byte by byte. */
export interface RawConnection {
  readonly socket: Socket
  readonly send: (text: string) => void
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

/** Connects to a port of 127.0.0.1. */
export async function openRaw (port: number): Promise<RawConnection> {
  const socket = connect({ host: '127.0.0.1', port })
  let text = ''
  const ended = new Promise<string>(resolve => {
    socket.setEncoding('latin1').on('data', (chunk: string) => { text += chunk })
    // A reset connection is a closed one.
    socket.on('error', () => undefined).on('close', () => resolve(text))
  })
  await once(socket, 'connect')
  return { socket, send: text => { socket.write(text, 'latin1') }, ended }
}
