import { generateKeyPairSync } from 'node:crypto'
import { exportJWK } from 'jose'
import t from 'tap'
import { JwksUrlKeys } from '../../src/access/jwks-url-keys.js'

/** A token server whose keys a test changes, and a clock that stands still. */
class TokenServer {
  time = 0
  asked = 0
  away = false
  readonly faults: unknown[] = []
  #keys: unknown[] = []
  readonly keys = new JwksUrlKeys({
    url: 'https://tokens.example.com/keys',
    clock: () => new Date(this.time),
    onFault: error => { this.faults.push(error) },
    fetchText: async () => {
      this.asked++
      if (this.away) throw new Error('nobody answers')
      return JSON.stringify({ keys: this.#keys })
    }
  })

  async serve (...kids: string[]): Promise<void> {
    this.#keys = await Promise.all(kids.map(async kid => ({ ...await exportJWK(generateKeyPairSync('ed25519').publicKey), kid })))
  }

  async has (kid: string): Promise<boolean> {
    return (await this.keys.keysFor({ alg: 'EdDSA', kid })).length > 0
  }
}

t.test('keys are got once, and again when they are old', async t => {
  const server = new TokenServer()
  await server.serve('a')
  t.strictSame(await Promise.all([server.has('a'), server.has('a'), server.has('a')]), [true, true, true])
  t.equal(server.asked, 1)
  server.time += 9 * 60_000
  await server.has('a')
  t.equal(server.asked, 1)
  await server.serve('b')
  server.time += 2 * 60_000
  t.equal(await server.has('a'), true, 'what is old is good enough while the new is on its way')
  await server.keys.refresh()
  t.equal(server.asked, 2)
  t.equal(await server.has('a'), false, 'a key that was withdrawn counts no more')
  t.equal(await server.has('b'), true)
})

t.test('an unknown key asks again, and not often', async t => {
  const server = new TokenServer()
  await server.serve('a')
  t.ok(await server.has('a'))
  await server.serve('a', 'b')
  server.time += 30_000
  t.strictSame(await Promise.all([server.has('b'), server.has('b')]), [true, true])
  t.equal(server.asked, 2)
  for (let guess = 0; guess < 100; guess++) t.notOk(await server.has(`guess-${guess}`))
  t.equal(server.asked, 2)
  server.time += 30_000
  t.notOk(await server.has('guess'))
  t.equal(server.asked, 3)
})

t.test('while the token server is away, the keys that are there stay', async t => {
  const server = new TokenServer()
  await server.serve('a')
  t.ok(await server.has('a'))
  server.away = true
  server.time += 60 * 60_000
  t.ok(await server.has('a'))
  await server.keys.refresh()
  t.ok(await server.has('a'))
  t.match(server.faults, [{ code: 'keys-unavailable', message: 'cannot get the keys of https://tokens.example.com/keys: nobody answers' }])
  t.equal(server.asked, 2)
  server.away = false
  server.time += 30_000
  await server.keys.refresh()
  t.equal(server.asked, 3)
})

t.test('without any keys so far, it is a fault of ours and no wrong token', async t => {
  const server = new TokenServer()
  server.away = true
  await t.rejects(server.has('a'), { code: 'keys-unavailable' })
  await t.rejects(server.has('a'), { code: 'keys-unavailable' })
  t.equal(server.asked, 1)
  server.away = false
  await server.serve('a')
  server.time += 5000
  t.ok(await server.has('a'))
})
