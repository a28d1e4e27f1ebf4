import t from 'tap'
import { clearText, decodeClearSigned } from '../../../src/chart/provenance/clear-signed.js'
import { writeArmored } from '../../../src/chart/provenance/armor.js'

const signature = writeArmored('PGP SIGNATURE', Buffer.from('signed'))
const decoded = (text: string): unknown => {
  const message = decodeClearSigned(Buffer.from(text))
  return message === undefined ? undefined : [Buffer.from(message.text).toString(), Buffer.from(message.signed).toString(), Buffer.from(message.signature).toString()]
}

t.test('what was made is found again', async t => {
  const text = 'a: grün\n- b  \n-----BEGIN\n\nfiles:\t\n  c: d\n'
  const { shown, signed } = clearText(text)
  t.equal(shown, '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\na: grün\n- - b\n- -----BEGIN\n\nfiles:\n  c: d\n\n')
  t.equal(Buffer.from(signed).toString(), 'a: grün\r\n- b\r\n-----BEGIN\r\n\r\nfiles:\r\n  c: d\r\n')
  t.strictSame(decoded(shown + signature), ['a: grün\n- b\n-----BEGIN\n\nfiles:\n  c: d\n', Buffer.from(signed).toString(), 'signed'])
})

t.test('line ends, and what stands around the message', async t => {
  const message = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: sha256, SHA512\nHash: SHA1\n\na \t\n\nb\n${signature}\n`
  const found = ['a\n\nb', 'a\r\n\r\nb', 'signed']
  t.strictSame(decoded(message), found)
  t.strictSame(decoded(message.replaceAll('\n', '\r\n')), found)
  t.strictSame(decoded(`before\n${message}after\n`), found)
  t.strictSame(decoded(message.replace('Hash: sha256, SHA512\nHash: SHA1\n', '')), found, 'no header')
})

t.test('what is no such message, or not whole', async t => {
  const good = clearText('a\n').shown + signature
  for (const text of [
    '', 'a\n', ` ${good}`, good.replace('MESSAGE-----', 'MESSAGE----- '), good.replace('Hash: SHA512', 'Comment: x'), good.replace('Hash: SHA512', 'Hash: SHA9'), good.replace('Hash: SHA512', 'Hash'),
    good.replace('-----BEGIN PGP SIGNATURE-----', ''), good.replace('-----END PGP SIGNATURE-----', ''), '-----BEGIN PGP SIGNED MESSAGE-----\n'
  ]) t.equal(decoded(text), undefined, JSON.stringify(text.slice(0, 60)))
})

t.test('a line full of spaces takes no longer than another', async t => {
  const text = `${' '.repeat(1 << 20)}x`
  t.equal(clearText(text).signed.length, text.length)
  t.type(decoded(clearText(text).shown + signature), Array)
})
