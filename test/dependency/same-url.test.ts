import t from 'tap'
import { sameUrl } from '../../src/dependency/same-url.js'

t.test('a slash at the end, or dots in the path, make no difference', async t => {
  t.ok(sameUrl('http://example.com', 'http://example.com/'))
  t.ok(sameUrl('http://example.com/a/', 'HTTP://example.com/b/../a'))
  t.ok(sameUrl('https://me@example.com:8443/a?x=1', 'https://me@example.com:8443/a/?x=1'))
})

t.test('everything else does', async t => {
  for (const other of ['https://example.com/a', 'http://example.com/b', 'http://example.org/a', 'http://example.com/a?x', 'http://example.com:80/a', '/a']) {
    t.notOk(sameUrl('http://example.com/a', other), other)
  }
})
