import { createPublicKey } from 'node:crypto'
import t from 'tap'
import { endWorkLimit, limitWork, workDone } from '../../src/go/work.js'
import { countSigning, generateRsaKey } from '../../src/sprig/private-key.js'
import { defaultLimits } from '../../src/template/runtime.js'

t.test('a chart may make dozens of keys for its certificates, and not as many as it likes', async t => {
  const before = workDone()
  t.equal(generateRsaKey(2048).asymmetricKeyDetails?.modulusLength, 2048)
  const keys = defaultLimits.steps / (workDone() - before)
  t.ok(keys >= 42 && keys <= 48, `${keys} keys`)
  const outer = limitWork(() => 1)
  t.teardown(() => endWorkLimit(outer))
  t.throws(() => generateRsaKey(2048), { code: 'work' })
})

t.test('signing costs what the key makes it cost', async t => {
  const units = (size: number, publicExponent: number): number => {
    const before = workDone()
    countSigning(createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: Buffer.alloc(size / 8, 0xff).toString('base64url'), e: Buffer.alloc(publicExponent / 8, 0xff).toString('base64url') } }))
    return workDone() - before
  }
  t.equal(units(4096, 16), units(2048, 16) * 8)
  t.ok(units(2048, 1024) > units(2048, 16) * 2)
  t.ok(units(32_768, 16) > defaultLimits.steps, 'too large for any template')
})
