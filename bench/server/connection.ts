import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Framing, headerOf } from './framing.js'

/** What a server answered. */
export interface Answer {
  readonly status: number
  /** The status line and the headers. */
  readonly head: string
  /** As it was sent, perhaps compressed. It is valid until the next request of the connection. */
  readonly body: Buffer
  /** When the last byte had arrived, by `performance.now()`. */
  readonly ended: number
}

/** Headers of a request. */
export type Headers = Readonly<Record<string, string>>

interface Waiting {
  readonly resolve: (ended: number) => void
  readonly reject: (error: Error) => void
}

/** What an answer of a small body takes. */
const small = 1024 * 1024

/**
 * One connection, kept open, for one request at a time. The bytes of an answer go from the kernel to the place where they stay, so that it is the
 * server that is measured and not this.
 */
export class Connection {
  readonly #socket: Socket
  readonly #receiver: Receiver

  private constructor (socket: Socket, receiver: Receiver) {
    this.#socket = socket
    this.#receiver = receiver
    socket.setNoDelay(true).on('error', error => receiver.fail(error)).on('close', () => receiver.fail(new Error('the server closed the connection')))
  }

  /**
   * Connects to a port of 127.0.0.1.
   *
   * @param most the bytes of the biggest answer that is expected, with its head
   * @throws the socket's error
   */
  static async open (port: number, most: number = small): Promise<Connection> {
    const receiver = new Receiver(Buffer.allocUnsafeSlow(most))
    const socket = connect({ host: '127.0.0.1', port, onread: { buffer: () => receiver.space(), callback: bytes => receiver.take(bytes) } })
    await once(socket, 'connect')
    return new Connection(socket, receiver)
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param request as `requestBytes` gives it
   * @throws {Error} when the connection ends before the answer does, or the answer is bigger than the buffer
   */
  async send (request: Uint8Array): Promise<Answer> {
    const answer = this.#receiver.next()
    if (this.#socket.destroyed) this.#receiver.fail(new Error('the connection is closed'))
    else this.#socket.write(request)
    return await answer
  }

  /**
   * Sends a request whose answer must have a status.
   *
   * @throws {Error} as `send`, and with the answer's beginning when it has another status
   */
  async expect (status: number, request: Uint8Array): Promise<Answer> {
    const answer = await this.send(request)
    if (answer.status !== status) throw new Error(`answered ${answer.status}, not ${status}: ${answer.body.toString('utf8', 0, 200)}`)
    return answer
  }

  close (): void {
    this.#socket.destroy()
  }
}

/** Where the bytes of an answer arrive. */
class Receiver {
  readonly #buffer: Buffer
  #filled = 0
  #framing: Framing
  #waiting: Waiting | undefined

  constructor (buffer: Buffer) {
    this.#buffer = buffer
    this.#framing = new Framing(buffer)
  }

  /** The answer that comes next, whole. */
  async next (): Promise<Answer> {
    const framing = new Framing(this.#buffer)
    this.#framing = framing
    const ended = await new Promise<number>((resolve, reject) => { this.#waiting = { resolve, reject } })
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(framing.head)?.[1]), head: framing.head, body: framing.body(), ended }
  }

  /** Where the next bytes go. */
  space (): Buffer {
    return this.#buffer.subarray(Math.min(this.#filled, this.#buffer.length - 1))
  }

  /** Bytes have arrived where `space` said. */
  take (bytes: number): boolean {
    const ended = performance.now()
    this.#filled += bytes
    try {
      if (this.#framing.whole(this.#filled)) this.#end(ended)
      else if (this.#filled >= this.#buffer.length) throw new Error(`an answer is bigger than ${this.#buffer.length} bytes`)
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)))
    }
    return true
  }

  fail (error: Error): void {
    this.#settle()?.reject(error)
  }

  /** The socket asks for the next answer's place as soon as this one has ended. */
  #end (ended: number): void {
    this.#filled = 0
    this.#settle()?.resolve(ended)
  }

  #settle (): Waiting | undefined {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }
}

/**
 * Connects as soon as somebody listens.
 *
 * @param most see `Connection.open`
 * @param signal ends the waiting
 * @throws the signal's reason
 */
export async function connectWhenOpen (port: number, most: number, signal: AbortSignal): Promise<Connection> {
  for (;;) {
    signal.throwIfAborted()
    const connection = await Connection.open(port, most).catch(() => undefined)
    if (connection !== undefined) return connection
    await setTimeout(2)
  }
}

/** The bytes of a request, made once and sent often. */
export function requestBytes (method: string, path: string, { headers = {}, body = new Uint8Array() }: { readonly headers?: Headers, readonly body?: Uint8Array } = {}): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...(method === 'POST' && { 'content-length': String(body.length) }) })
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`), body])
}

/** Whether an answer's body is compressed. */
export function isCompressed ({ head }: Answer): boolean {
  return headerOf(head, 'content-encoding') === 'gzip'
}
