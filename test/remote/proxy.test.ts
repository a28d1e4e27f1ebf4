import t from 'tap'
import { proxyRules } from '../../src/remote/proxy.js'

/** The proxy's address for a URL, or `direct`. */
function proxyOf (env: Record<string, string>, url: string): string {
  return proxyRules(env)(new URL(url))?.href ?? 'direct'
}

t.test('each scheme has its proxy', async t => {
  const env = { HTTP_PROXY: 'http://one:3128', HTTPS_PROXY: 'two:3128' }
  t.equal(proxyOf(env, 'http://example.com/'), 'http://one:3128/')
  t.equal(proxyOf(env, 'https://example.com/'), 'http://two:3128/', 'without a scheme it is http')
  t.equal(proxyOf({ HTTP_PROXY: 'http://one:3128' }, 'https://example.com/'), 'direct', 'as in Go, and unlike in curl')
  t.equal(proxyOf({}, 'http://example.com/'), 'direct')
})

t.test('upper case goes before lower case, and an empty value counts as none', async t => {
  t.equal(proxyOf({ HTTP_PROXY: 'one', http_proxy: 'two' }, 'http://example.com/'), 'http://one/')
  t.equal(proxyOf({ HTTP_PROXY: '', http_proxy: 'two' }, 'http://example.com/'), 'http://two/')
  t.equal(proxyOf({ HTTP_PROXY: 'http://[' }, 'http://example.com/'), 'direct', 'what is no URL is no proxy')
})

t.test('this machine is never asked of a proxy', async t => {
  for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.3.4.5:80', '[::1]:8080']) {
    t.equal(proxyOf({ HTTP_PROXY: 'one' }, `http://${host}/`), 'direct', host)
  }
  t.equal(proxyOf({ HTTP_PROXY: 'one' }, 'http://127.example.com/'), 'http://one/')
})

t.test('NO_PROXY lists what goes directly', async t => {
  const rows = [
    ['*', 'example.com', true],
    ['example.com', 'example.com', true],
    ['example.com', 'charts.example.com', true],
    ['example.com', 'notexample.com', false],
    ['.example.com', 'charts.example.com', true],
    ['.example.com', 'example.com', false],
    ['*.example.com', 'charts.example.com', true],
    ['*.example.com', 'example.com', false],
    ['other.org, EXAMPLE.com ,', 'Example.com', true],
    ['example.com:8080', 'example.com:8080', true],
    ['example.com:8080', 'example.com', false],
    ['example.com:80', 'example.com', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/8', 'example.com', false],
    ['10.0.0.0/99', '10.1.2.3', false],
    ['10.1.2.3', '10.1.2.3:81', true],
    ['10.1.2.3:81', '10.1.2.3:82', false],
    ['fd00::/8', '[fd00::1]', true],
    ['fd00::/8', '10.1.2.3', false],
    ['fd00::1', '[fd00::1]', true],
    ['[fd00::1]:81', '[fd00::1]:81', true],
    ['0.2.3', '10.0.2.3', false]
  ] as const
  for (const [exceptions, host, direct] of rows) {
    t.equal(proxyOf({ HTTP_PROXY: 'one', NO_PROXY: exceptions }, `http://${host}/`), direct ? 'direct' : 'http://one/', `${exceptions} and ${host}`)
  }
})
