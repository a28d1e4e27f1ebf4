import t from 'tap'
import { connectionSettings } from '../../src/release/connection-settings.js'

t.test('defaults are those of lib/pq', async t => {
  t.strictSame(connectionSettings('', {}, 'me'), {
    host: 'localhost', port: 5432, user: 'me', database: 'me', sslMode: 'require', applicationName: 'portolan', connectTimeout: 0, options: ''
  })
})

t.test('the string wins over the environment, which stands in for it', async t => {
  const env = { PGHOST: 'db', PGPORT: '5433', PGUSER: 'team-a', PGPASSWORD: 'secret', PGDATABASE: 'helm', PGSSLMODE: 'verify-ca', PGCONNECT_TIMEOUT: '5', PGOPTIONS: '-c a=b' }
  t.match(connectionSettings('user=me', env, 'nobody'), {
    host: 'db', port: 5433, user: 'me', password: 'secret', database: 'helm', sslMode: 'verify-ca', connectTimeout: 5000, options: '-c a=b'
  })
})

t.test('a socket needs no encryption; certificates are files', async t => {
  t.match(connectionSettings('host=/run/postgresql sslmode=verify-full', {}, 'me'), { host: '/run/postgresql', sslMode: 'disable' })
  t.match(connectionSettings('sslcert=c sslkey=k sslrootcert=r', {}, 'me'), { sslCert: 'c', sslKey: 'k', sslRootCert: 'r' })
})

t.test('unknown words are settings of the session', async t => {
  t.equal(connectionSettings("search_path='a, b' options='-c geqo=off'", {}, 'me').options, '-c geqo=off -c search_path=a,\\ b')
})

t.test('what cannot be meant is refused', async t => {
  const refused = (text: string, message: string): void => {
    t.throws(() => connectionSettings(text, {}, 'me'), { code: 'invalid-connection', message }, text)
  }
  refused('sslmode=on', 'pq: wrong value for "sslmode": "on" is not supported; supported values are "disable", "allow", "prefer", "require", "verify-ca", "verify-full"')
  refused('port=x', 'pq: wrong value for "port": "x" is not supported; supported values are a whole number up to 65535')
  refused('port=70000', 'pq: wrong value for "port": "70000" is not supported; supported values are a whole number up to 65535')
  refused('host=a,b', 'pq: more than one host in the connection string is not supported')
  refused('hostaddr=10.0.0.1', 'pq: hostaddr in the connection string is not supported')
  refused('client_encoding=LATIN1', 'pq: wrong value for "client_encoding": "LATIN1" is not supported; supported values are "UTF8"')
  refused('datestyle=German', 'pq: wrong value for "datestyle": "German" is not supported; supported values are "ISO, MDY"')
})
