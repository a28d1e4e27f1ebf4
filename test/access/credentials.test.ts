import t from 'tap'
import { readCredentials } from '../../src/access/credentials.js'

const basic = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')

t.test('names and passwords, in any case of the scheme', async t => {
  for (const scheme of ['Basic', 'basic', 'BASIC', 'bAsIc']) t.match(readCredentials(`${scheme} ${basic('team-a:secret')}`), { kind: 'password', name: 'team-a', password: 'secret' }, scheme)
  t.match(readCredentials(`Basic   ${basic('a:b:c')} `), { kind: 'password', name: 'a', password: 'b:c' })
  t.match(readCredentials(`Basic ${basic('müller:päss')}`), { kind: 'password', name: 'müller', password: 'päss' })
  t.match(readCredentials(`Basic ${basic(':')}`), { kind: 'password', name: '', password: '' })
})

t.test('tokens, with and without a scheme', async t => {
  for (const header of ['Bearer a.b.c', 'bearer a.b.c', 'BEARER  a.b.c', 'a.b.c', ' a.b.c ']) t.strictSame(readCredentials(header), { kind: 'token', token: 'a.b.c' }, header)
  t.strictSame(readCredentials('Digest username="x"'), { kind: 'token', token: 'Digest username="x"' }, 'what is no token is refused as one')
  t.strictSame(readCredentials('Bearer'), { kind: 'token', token: '' })
})

t.test('nothing', async t => {
  for (const header of [undefined, '', ' ', 'Basic', 'Basic !', `Basic ${basic('no colon')}`, `Basic ${basic('a\0:b')}`, `Basic ${basic('a:b\n')}`, `Basic ${basic(new Uint8Array([0xff, 0x3a, 0x61]))}`]) {
    t.strictSame(readCredentials(header), { kind: 'none' }, String(header))
  }
})
