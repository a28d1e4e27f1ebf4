import t from 'tap'
import { gnupgHome } from '../../src/cli/gnupg-home.js'

t.test('GnuPG names its folder by a variable, or keeps it in the home', async t => {
  t.equal(gnupgHome({ GNUPGHOME: '/keys', HOME: '/home/me' }), '/keys')
  t.equal(gnupgHome({ GNUPGHOME: '', HOME: '/home/me' }), '', 'a variable that is empty counts, as in Helm')
  t.equal(gnupgHome({ HOME: '/home/me' }), '/home/me/.gnupg')
})
