import t from 'tap'
import { iconUrl, linkUrl, mailUrl } from '../../src/web/safe-url.js'

const scripts = ['javascript:alert(1)', 'JavaScript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'vbscript:x', 'data:text/html,<script>alert(1)</script>', 'blob:https://example.com/1', 'file:///etc/passwd']

t.test('nothing that runs becomes a link or an icon', async t => {
  for (const text of scripts) {
    t.equal(linkUrl(text), undefined, text)
    t.equal(linkUrl(text, 'https://example.com/'), undefined, `${text}, with a base`)
    t.equal(iconUrl(text), undefined, `${text}, as an icon`)
  }
})

t.test('links go where HTTP goes', async t => {
  t.equal(linkUrl('https://example.com/a b'), 'https://example.com/a%20b')
  t.equal(linkUrl('http://example.com'), 'http://example.com/')
  t.equal(linkUrl('charts/boat-1.0.0.tgz'), undefined, 'a relative URL needs a base')
  t.equal(linkUrl('charts/boat-1.0.0.tgz', 'https://example.com/team-a/'), 'https://example.com/team-a/charts/boat-1.0.0.tgz')
  t.equal(linkUrl('oci://example.com/boat', 'https://example.com/'), undefined)
  t.equal(linkUrl(''), undefined)
})

t.test('icons come by HTTPS, or with the chart', async t => {
  t.equal(iconUrl('https://example.com/boat.svg'), 'https://example.com/boat.svg')
  t.equal(iconUrl('data:image/png;base64,AAAA'), 'data:image/png;base64,AAAA')
  t.equal(iconUrl('data:image/svg+xml,<svg/>'), 'data:image/svg+xml,<svg/>')
  for (const text of ['http://example.com/boat.svg', '/boat.svg', 'boat.svg', 'data:text/html,x', 'data:,x', 'data:imagehtml,x', '']) t.equal(iconUrl(text), undefined, text)
})

t.test('a mail goes to one address and says nothing', async t => {
  t.equal(mailUrl('team-a@example.com'), 'mailto:team-a@example.com')
  for (const text of ['team-a', 'a@b?subject=x', 'a@b&cc=c@d', 'a@b c', 'javascript:alert(1)@b', '']) t.equal(mailUrl(text), undefined, text)
})
