import t from 'tap'
import { joinUrl, resolveReferenceUrl } from '../../src/repo/go-url.js'

/** What Go 1.26's net/url makes of them by way of Helm's ResolveReferenceURL. */
const resolved: ReadonlyArray<readonly [base: string, reference: string, url: string]> = [
  ['http://example.com/charts', 'a-1.0.0.tgz', 'http://example.com/charts/a-1.0.0.tgz'],
  ['http://example.com/charts/', 'charts/a b.tgz', 'http://example.com/charts/charts/a%20b.tgz'],
  ['http://example.com/charts?x=1&y=2', 'a.tgz?z=3', 'http://example.com/charts/a.tgz?x=1&y=2'],
  ['http://example.com', '../a.tgz', 'http://example.com/a.tgz'],
  ['http://example.com/a/b', '/c.tgz', 'http://example.com/c.tgz'],
  ['http://example.com/a/b', '//other.com/c.tgz', 'http://other.com/c.tgz'],
  ['http://example.com/a%2fb/', 'c.tgz', 'http://example.com/a%2fb/c.tgz'],
  ['http://example.com/', 'a+1.tgz', 'http://example.com/a+1.tgz'],
  ['http://example.com/', 'http://other/x.tgz', 'http://other/x.tgz'],
  ['http://example.com/', 'oci://other/x', 'oci://other/x'],
  ['http://example.com/ü', 'ä.tgz', 'http://example.com/%C3%BC/%C3%A4.tgz'],
  ['http://user:pw@example.com:8080/x#frag', 'c.tgz#f2', 'http://user:pw@example.com:8080/x/c.tgz#f2'],
  ['', 'c.tgz', '/c.tgz'],
  ['http://example.com/x/', '', 'http://example.com/x/'],
  ['http://example.com/a!b', '(c)*\'.tgz', 'http://example.com/a!b/(c)*\'.tgz'],
  ['file:///tmp/x', 'c.tgz', 'file:///tmp/x/c.tgz'],
  ['http://example.com/x', 'a%20b.tgz', 'http://example.com/x/a%20b.tgz'],
  ['http://example.com/x', 'a[1].tgz', 'http://example.com/x/a[1].tgz'],
  ['http://example.com/x', 'a|b^c`d{e}"<>.tgz', 'http://example.com/x/a%7Cb%5Ec%60d%7Be%7D%22%3C%3E.tgz'],
  ['s3://bucket/x', './a/../b.tgz', 's3://bucket/x/b.tgz'],
  ['http://EXAMPLE.com:80/X', 'y.tgz', 'http://EXAMPLE.com:80/X/y.tgz'],
  ['oci://reg/x', 'y', 'oci://reg/x/y'],
  ['http://example.com/x', 'a\\b.tgz', 'http://example.com/x/a%5Cb.tgz']
]

t.test('addresses of charts are resolved as Helm resolves them', async t => {
  for (const [base, reference, url] of resolved) t.equal(resolveReferenceUrl(base, reference), url, `${base} ${reference}`)
})

t.test('what is no address', async t => {
  const refused = (base: string, reference: string, message: string): void => {
    t.throws(() => resolveReferenceUrl(base, reference), { name: 'RepoError', code: 'invalid-url', message })
  }
  refused('http://example.com/x', '%zz', 'failed to parse %zz as URL: parse "%zz": invalid URL escape "%zz"')
  refused('http://exa mple.com/x', 'c', 'failed to parse http://exa mple.com/x as URL: parse "http://exa mple.com/x": invalid character " " in host name')
  refused('http://example.com/x/', ':c.tgz', 'failed to parse :c.tgz as URL: parse ":c.tgz": missing protocol scheme')
  refused('http://example.com/x/', 'a\nb', 'failed to parse a\nb as URL: parse "a\\nb": net/url: invalid control character in URL')
})

t.test('parts of a path are joined to an address', async t => {
  t.equal(joinUrl('https://example.com/charts/', 'sub', 'a-1.0.0.tgz'), 'https://example.com/charts/sub/a-1.0.0.tgz')
  t.equal(joinUrl('https://example.com', 'a b+1.tgz'), 'https://example.com/a%20b+1.tgz')
  t.equal(joinUrl('https://example.com/x?y=1', 'a.tgz'), 'https://example.com/x/a.tgz?y=1')
  t.equal(joinUrl('https://example.com/x//y/../', ''), 'https://example.com/x')
  t.equal(joinUrl('', 'sub'), 'sub')
  t.equal(joinUrl('', ''), '')
  t.equal(joinUrl('sub', 'a(1).tgz'), 'sub/a%281%29.tgz')
})
