import t from 'tap'
import { relativeUrl, urlPrefix } from '../../src/catalog/urls.js'

t.test('a relative URL is the file\'s name, but for what would end a path', async t => {
  t.equal(relativeUrl('x-1.0.0+build.5.tgz'), 'charts/x-1.0.0+build.5.tgz')
  t.equal(relativeUrl('a b?c#d%e-1.tgz'), 'charts/a b%3Fc%23d%25e-1.tgz')
})

t.test('a prefix is made as ChartMuseum makes it', async t => {
  t.equal(urlPrefix('', {}), '')
  t.equal(urlPrefix('org', { contextPath: '/ctx' }), '')
  t.equal(urlPrefix('org', { chartUrl: '' }), '')
  t.equal(urlPrefix('', { chartUrl: 'https://charts.example.com/' }), 'https://charts.example.com/')
  t.equal(urlPrefix('org/team', { chartUrl: 'https://charts.example.com', contextPath: '/ctx' }), 'https://charts.example.com/ctx/org/team/')
})
