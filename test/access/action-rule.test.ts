import t from 'tap'
import { accessClaimRule, searchPathRule } from '../../src/access/action-rule.js'

const chartMuseums = "access[?name=='$NAMESPACE' && type=='$ACCESS_ENTRY_TYPE'].actions[]"
const claims = (name: string): Record<string, unknown> => ({ access: [{ type: 'artifact-repository', name, actions: ['pull'] }] })

t.test("ChartMuseum's expression says what its rule in code says", async t => {
  const rule = searchPathRule(chartMuseums)
  for (const [held, asked] of [['a', 'a'], ['a', 'b'], ['org1/repo1', 'org1/repo1'], ['repo', 'repo'], ['a', 'A']] as const) {
    for (const action of ['pull', 'push'] as const) {
      const wanted = { action, namespace: asked }
      t.equal(rule(claims(held), wanted), accessClaimRule(claims(held), wanted), `${held} for ${asked}: ${action}`)
    }
  }
  t.equal(rule({}, { action: 'pull', namespace: 'a' }), false, 'a token without access: no fault')
})

t.test('no name ends the text that it stands in', async t => {
  const names = [
    "x' || 'y", "a' || name!='", "' || true || '", "'", "''", "it's", "\\'", '\\', "\\\\' || name", '`', '`true`', '"', '"a"', "x'] | [?'", '$ACCESS_ENTRY_TYPE', '$NAMESPACE', "$'", '$&', '$`', 'true', 'null', '1', '[]', '{}',
    'ü/ö', '\u2028', 'a b', "a'b'c'd"
  ]
  for (const expression of [chartMuseums, 'access[?name==`$NAMESPACE`].actions[]', 'access[?name==`"$NAMESPACE"`].actions[]', "access[?contains(['$NAMESPACE'], name)].actions[]", 'access[?contains(`["$NAMESPACE"]`, name)].actions[]']) {
    const rule = searchPathRule(expression)
    for (const name of names) {
      t.equal(rule(claims(name), { action: 'pull', namespace: name }), true, `${expression} finds ${encodeURIComponent(name)}`)
      t.equal(rule(claims('victim'), { action: 'pull', namespace: name }), false, `${expression} gives ${encodeURIComponent(name)} nothing of another tenant`)
    }
  }
})

t.test('a name may be a key, and stand inside a longer text', async t => {
  const rule = searchPathRule('permissions."$NAMESPACE"')
  for (const name of ['org1', 'org1/repo1', 'a"b', "a'b", '\\', '`']) {
    t.equal(rule({ permissions: { [name]: ['pull'] } }, { action: 'pull', namespace: name }), true, name)
    t.equal(rule({ permissions: { other: ['pull'] } }, { action: 'pull', namespace: name }), false, `${name} of others`)
  }
  for (const name of ['constructor', '__proto__', 'toString']) t.equal(rule({ permissions: {} }, { action: 'pull', namespace: name }), false, name)
  t.equal(searchPathRule("roles[?@=='charts/$NAMESPACE/reader'] && ['pull']")({ roles: ['charts/a/reader'] }, { action: 'pull', namespace: 'a' }), true)
})

t.test('what it finds must be a list with the action, exactly', async t => {
  for (const [found, allowed] of [[['pull'], true], [['push', 'pull'], true], ['pull', false], [['PULL'], false], [['pull '], false], [[['pull']], false], [{ pull: true }, false], [true, false], [null, false], [[], false]] as const) {
    t.equal(searchPathRule('actions')({ actions: found }, { action: 'pull', namespace: 'a' }), allowed, JSON.stringify(found))
  }
})

t.test('a function that these claims do not fit finds nothing', async t => {
  const rule = searchPathRule("access[?contains(name, '$NAMESPACE')].actions[]")
  t.equal(rule({ access: [{ name: 7, actions: ['pull'] }] }, { action: 'pull', namespace: 'a' }), false)
  t.equal(rule({}, { action: 'pull', namespace: 'a' }), false)
})

t.test('what is no expression is told at the start', async t => {
  for (const expression of ['access[', '$NAMESPACE', "access[?name=='$NAMESPACE]", 'access[?name==`["$NAMESPACE"`]', '"\\x$NAMESPACE"', 'foo(access)', '']) {
    t.throws(() => searchPathRule(expression), { code: 'invalid-expression', message: /is no JMESPath expression/ }, expression)
  }
})
