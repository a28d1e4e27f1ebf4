import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { repositoryRoot } from '../cluster/repository-root.js'

// The page shows hostile text: these rules of its sources keep that text from being anything else.
const folder = join(repositoryRoot(import.meta.dirname), 'src', 'web')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => /\.(ts|html|css)$/.test(name))
  .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

t.test('nothing reads text as HTML or as a program', async t => {
  t.ok(sources.length > 20, 'the sources are found')
  const readers = /\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|DOMParser|createContextualFragment|document\.write|eval|Function\()/
  t.strictSame(sources.filter(({ name, text }) => name.endsWith('.ts') && readers.test(text)).map(({ name }) => name), [])
})

t.test('elements are made in one place, which checks links', async t => {
  const makers = sources.filter(({ text }) => /createElement|setAttribute\((?!'role')|\.(href|src) = /.test(text)).map(({ name }) => name)
  // clipboard.ts makes one text field, which no text of a chart names.
  t.strictSame(makers.sort(), ['clipboard.ts', 'dom.ts'])
  t.strictSame(sources.filter(({ text }) => text.includes('as SafeUrl')).map(({ name }) => name), ['safe-url.ts'])
})

t.test('the page holds nothing that its Content-Security-Policy forbids, and asks nobody else', async t => {
  const html = sources.find(({ name }) => name === 'index.html')?.text ?? ''
  t.match(html, /<script type="module" src="\.\/main\.ts"><\/script>/)
  t.notMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/i)
  for (const { name, text } of sources.filter(({ name }) => !name.endsWith('.ts'))) t.notMatch(text, /(?:https?:)?\/\/[a-z]|@import|url\(/i, name)
})
