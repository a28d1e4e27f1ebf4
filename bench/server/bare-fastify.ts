import { fastify } from 'fastify'

// `node dist/bench/server/bare-fastify.js PORT BYTES`: answers `GET /` with so many bytes, as fast as Fastify can.
const [port, bytes] = process.argv.slice(2).map(Number)
const body = Buffer.alloc(bytes ?? 0, 'x')
const app = fastify({ logger: false })
app.get('/', (_request, reply) => reply.type('application/octet-stream').send(body))
await app.listen({ host: '127.0.0.1', port: port ?? 0 })
