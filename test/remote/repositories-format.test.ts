import t from 'tap'
import { RemoteError } from '../../src/remote/errors.js'
import { formatRepositories, noRepositories, parseRepositories } from '../../src/remote/repositories-format.js'

const none = { name: '', url: '', username: '', password: '', certFile: '', keyFile: '', caFile: '', insecureSkipTlsVerify: false, passCredentialsAll: false }

// What Helm writes is compared byte for byte in ../cli/commands/repo-compat.test.ts.
t.test('reads what it wrote', async t => {
  const repositories = { apiVersion: 'v1', generated: '2024-02-03T04:05:06.5+02:00', repositories: [{ ...none, name: 'a', url: 'https://example.com', password: '0x1F: "\\' }, { ...none, name: 'b', insecureSkipTlsVerify: true, passCredentialsAll: true, caFile: 'ca.pem' }] }
  t.strictSame(parseRepositories(formatRepositories(repositories), 'f'), repositories)
})

t.test('an empty file has no repositories', async t => {
  for (const text of ['', '# nothing\n', '{}', 'repositories:\n', 'generated:\n']) t.strictSame(parseRepositories(text, 'f'), noRepositories, text)
})

t.test('takes what people write by hand', async t => {
  const text = [
    'apiVersion: v1',
    'generated: 2016-10-04T13:50:02.087464107-06:00',
    'Repositories:',
    '- NAME: a',
    '  url: https://example.com',
    '  username: 123456',
    '  password: 1.5',
    '  certfile: true',
    '  keyFile: null',
    '  unknown: {a: b}'
  ].join('\n')
  t.strictSame(parseRepositories(text, 'f'), {
    apiVersion: 'v1',
    generated: '2016-10-04T13:50:02.087464107-06:00',
    repositories: [{ ...none, name: 'a', url: 'https://example.com', username: '123456', password: '1.5', certFile: 'true' }]
  })
})

t.test('names the file and the field of what it cannot read', async t => {
  const rows = [
    ['[]', 'it holds no map'],
    ['repositories: {}', 'repositories is no list'],
    ['repositories: [null]', 'repositories[0]: it is no map'],
    ['repositories: [{name: a}, {url: []}]', 'repositories[1]: url is no text'],
    ['repositories: [{insecure_skip_tls_verify: "yes"}]', 'repositories[0]: insecure_skip_tls_verify is neither true nor false'],
    ['generated: yesterday', /^couldn't load repositories file \(f\): generated: .*yesterday/],
    ['repositories: [', /^couldn't load repositories file \(f\): error converting YAML to JSON: yaml: line 1:/]
  ] as const
  for (const [text, message] of rows) {
    const expected = typeof message === 'string' ? new RemoteError('invalid-repositories-file', `couldn't load repositories file (f): ${message}`) : { code: 'invalid-repositories-file', message }
    t.throws(() => parseRepositories(text, 'f'), expected, text)
  }
})
