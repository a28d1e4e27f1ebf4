import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { GoObject, int, type Value } from '../../src/go/value.js'
import { textOf } from '../../src/sprig/text.js'
import { call } from './call.js'

/** The certificate and key that a call gave. */
function made (value: Value): { certificate: X509Certificate, key: string } {
  if (!(value instanceof GoObject)) throw new Error('expected a certificate')
  return { certificate: new X509Certificate(textOf(value.field('Cert') ?? '')), key: textOf(value.field('Key') ?? '') }
}

t.test('an authority signs a certificate for names and addresses', async t => {
  const authority = call('genCA', 'our authority', int(365))
  const signed = call('genSignedCert', 'host.example.com', ['10.0.0.1', '2001:db8::1'], ['a.example.com', '*.b'], int(30), authority)
  const ca = made(authority).certificate
  const leaf = made(signed).certificate
  t.equal(ca.ca, true)
  t.equal(ca.subject, 'CN=our authority')
  t.ok(ca.verify(ca.publicKey), 'it signs itself')
  t.equal(leaf.ca, false)
  t.equal(leaf.subject, 'CN=host.example.com')
  t.ok(leaf.checkIssued(ca))
  t.ok(leaf.verify(ca.publicKey))
  t.equal(leaf.subjectAltName, 'DNS:a.example.com, DNS:*.b, IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1')
  t.strictSame([leaf.validFrom, leaf.validTo], ['May  6 07:08:09 2024 GMT', 'Jun  5 07:08:09 2024 GMT'], 'its time is the clock’s')
})

t.test('every kind of key signs', async t => {
  for (const type of ['rsa', 'ecdsa', 'ed25519']) {
    const { certificate } = made(call('genSelfSignedCertWithKey', 'x', null, ['x'], int(20_000), call('genPrivateKey', type)))
    t.ok(certificate.verify(certificate.publicKey), type)
    t.equal(certificate.validTo, 'Feb  7 07:08:09 2079 GMT', 'beyond 2049 times have another form')
  }
})

t.test('a certificate belongs to its key, and an IPv4 address within IPv6 is one', async t => {
  const { certificate, key } = made(call('genSelfSignedCert', 'Ä*', ['::ffff:1.2.3.4'], null, int(1)))
  t.match(key, /^-----BEGIN RSA PRIVATE KEY-----\n/)
  t.equal(certificate.subjectAltName, 'IP Address:1.2.3.4')
  t.equal(certificate.subject, 'CN=Ä*')
})
