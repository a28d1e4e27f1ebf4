import { Readable } from 'node:stream'
import t from 'tap'
import { RemoteError } from '../../src/remote/errors.js'
import type { Getter } from '../../src/remote/getter.js'
import { createGetters, getterFor } from '../../src/remote/schemes.js'

t.test('each scheme has its getter, or an error that names it', async t => {
  const http: Getter = { get: async () => Readable.from([]) }
  const getters = createGetters({ http })
  t.equal(getterFor(getters, 'http'), http)
  t.equal(getterFor(getters, 'https'), http)
  t.throws(() => getterFor(getters, 'ftp'), new RemoteError('unsupported-scheme', 'scheme "ftp" not supported'))
  t.throws(() => getterFor(getters, ''), { code: 'unsupported-scheme' })
  t.throws(() => getterFor(getters, 'oci'), { code: 'not-supported', message: /^scheme "oci" is not supported yet/ })
})
