import t from 'tap'
import { parseHtpasswd } from '../../src/access/htpasswd.js'

const hash = (head: string): string => `${head}${'a'.repeat(53)}`

t.test('names and bcrypt hashes', async t => {
  const text = `# people\n\nteam-a:${hash('$2y$05$')}\r\nci:${hash('$2b$10$')}\n  spaced:${hash('$2a$15$')}  \n`
  t.strictSame([...parseHtpasswd(text, 'users')], [['team-a', hash('$2y$05$')], ['ci', hash('$2b$10$')], ['spaced', hash('$2a$15$')]])
  t.equal(parseHtpasswd('', 'users').size, 0)
})

t.test('what is refused names its line, and neither user nor hash', async t => {
  const wrong: ReadonlyArray<readonly [string, RegExp]> = [
    ['name', /^users:1: no line of the form name:hash$/],
    [`:${hash('$2b$10$')}`, /^users:1: no line/],
    ['\nbob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=', /^users:2: the password is not hashed by bcrypt/],
    ['bob:$apr1$x$y', /^users:1: the password is not hashed by bcrypt/],
    ['bob:plain', /^users:1: the password is not hashed by bcrypt/],
    ['bob:', /^users:1: the password is not hashed by bcrypt/],
    [`bob:${hash('$2b$31$')}`, /cost of 4 to 15/],
    [`bob:${hash('$2b$10$')}a`, /not hashed by bcrypt/],
    [`bob:${hash('$2b$10$')}\nbob:${hash('$2b$10$')}`, /^users:2: the user stands here twice$/]
  ]
  for (const [text, message] of wrong) t.throws(() => parseHtpasswd(text, 'users'), { code: 'invalid-file', message }, text)
})
