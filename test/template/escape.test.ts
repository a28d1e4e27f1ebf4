import t from 'tap'
import { int } from '../../src/go/value.js'
import { html, js, urlQuery } from '../../src/template/escape.js'

t.test('html', async t => {
  t.equal(html(['<a href="x">\'&\0']), '&lt;a href=&#34;x&#34;&gt;&#39;&amp;\ufffd')
  t.equal(html([null]), '&lt;no value&gt;')
  t.equal(html([int(1), int(2), 'a', true]), '1 2atrue')
  t.equal(html([]), '')
})

t.test('js', async t => {
  t.equal(js(['\\\'"<>&=\n\t\0']), '\\\\\\\'\\"\\u003C\\u003E\\u0026\\u003D\\u000A\\u0009\\u0000')
  t.equal(js(['é世😀\u2028\u200b\x7f']), 'é世😀\\u2028\\u200B\x7f')
  t.equal(js(['\udcff']), '\udcff')
})

t.test('urlquery', async t => {
  t.equal(urlQuery(['a b+c/d?e=f&g']), 'a+b%2Bc%2Fd%3Fe%3Df%26g')
  t.equal(urlQuery(['é~-_.!*']), '%C3%A9~-_.%21%2A')
  t.equal(urlQuery(['\udcff']), '%FF')
})
