import t from 'tap'
import { connectionWords } from '../../src/release/connection-string.js'

const words = (text: string): Record<string, string> => Object.fromEntries(connectionWords(text))

t.test('URLs', async t => {
  t.strictSame(words('postgres://me:p%40ss%3A@db.example.com:5433/releases?sslmode=disable&application_name=a+b'), {
    user: 'me', password: 'p@ss:', host: 'db.example.com', port: '5433', dbname: 'releases', sslmode: 'disable', application_name: 'a b'
  })
  t.strictSame(words('postgresql://localhost'), { host: 'localhost' })
  t.strictSame(words('postgres://me@/db?host=/run/postgresql'), { user: 'me', dbname: 'db', host: '/run/postgresql' })
  t.strictSame(words('postgres://[::1]:5432/db'), { host: '::1', port: '5432', dbname: 'db' })
  t.strictSame(words('postgres:///?database=db&port='), { dbname: 'db' })
})

t.test('keys and values', async t => {
  t.strictSame(words(''), {})
  t.strictSame(words("host=localhost  port = 5432\tdbname='my db' user='' password='it\\'s \\\\' search_path=a\\ b"), {
    host: 'localhost', port: '5432', dbname: 'my db', user: '', password: "it's \\", search_path: 'a b'
  })
  t.strictSame(words('host=a host=b database=db password='), { host: 'b', dbname: 'db', password: '' })
})

t.test('what cannot be read is refused, and no password is told', async t => {
  const refused = (text: string, message: RegExp): void => {
    const error: unknown = t.throws(() => connectionWords(text), { code: 'invalid-connection', message })
    t.notMatch(error instanceof Error ? error.message : '', /hush/)
  }
  refused('host', /missing "=" after "host" in connection info string$/)
  refused("password='hush", /unterminated quoted string literal in connection info string$/)
  refused('password=hush\\', /missing character after backslash in connection info string$/)
  refused('postgres://me:hush%@h/', /the URL holds an invalid escape$/)
  refused('postgres://me:hush@h:1:2/', /the URL cannot be read$/)
})
