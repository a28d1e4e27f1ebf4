import t from 'tap'
import { endWorkLimit, limitWork, workDone } from '../../src/go/work.js'
import { generateRsaKey } from '../../src/sprig/private-key.js'
import { defaultLimits } from '../../src/template/runtime.js'

t.test('a chart may make dozens of keys for its certificates, and not as many as it likes', async t => {
  const before = workDone()
  t.equal(generateRsaKey(2048).asymmetricKeyDetails?.modulusLength, 2048)
  const keys = defaultLimits.steps / (workDone() - before)
  t.ok(keys >= 60 && keys <= 120, `${keys} keys`)
  const outer = limitWork(1)
  t.teardown(() => endWorkLimit(outer))
  t.throws(() => generateRsaKey(2048), { code: 'work' })
})
