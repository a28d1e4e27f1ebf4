import t from 'tap'
import { parseChartReference } from '../../src/remote/chart-reference.js'
import { RemoteError } from '../../src/remote/errors.js'

t.test('a URL has a scheme, a host and a path', async t => {
  for (const text of ['https://example.com/web-1.0.0.tgz', 'HTTP://me:pw@example.com:8080/a/b.tgz?x=1#y', 'ftp://example.com/web.tgz']) {
    t.strictSame(parseChartReference(text), { kind: 'url', url: new URL(text) }, text)
  }
})

t.test('everything else is a repository and a chart, up to the first slash', async t => {
  const rows = [['stable/web', 'stable', 'web'], ['stable/web/sub', 'stable', 'web/sub'], ['./web', '.', 'web'], ['/web', '', 'web'], ['stable/', 'stable', ''], ['file:///web', '', 'web'], ['st%61ble/web?x#y', 'stable', 'web']] as const
  for (const [text, repository, chart] of rows) t.strictSame(parseChartReference(text), { kind: 'repository', repository, chart }, text)
})

t.test('refuses what is neither', async t => {
  for (const text of ['web', '', 'https://example.com', 'mailto:web', 'web?a/b', 'C:web/x']) {
    t.throws(() => parseChartReference(text), new RemoteError('invalid-reference', `non-absolute URLs should be in form of repo_name/path_to_chart, got: ${text}`), text)
  }
  for (const text of ['stable/w%zzb', 'a b:c/web', '1:/web', 'stable/\x7f', 'https://exa mple.com/web', 'stable/%ff']) {
    t.throws(() => parseChartReference(text), new RemoteError('invalid-url', `invalid chart URL format: ${text}`), text)
  }
})
