import t from 'tap'
import { match } from '../../src/go/path.js'

t.test('patterns match as Go\'s filepath.Match', async t => {
  const table: Array<[string, string, boolean]> = [
    ['abc', 'abc', true], ['*', 'abc', true], ['*c', 'abc', true], ['a*', 'a', true], ['a*', 'ab/c', false], ['a*/b', 'abc/b', true], ['a*/b', 'a/c/b', false],
    ['a*b*c*d*e*/f', 'axbxcxdxe/f', true], ['a*b*c*d*e*/f', 'axbxcxdxexxx/fff', false], ['a*b?c*x', 'abxbbxdbxebxczzx', true], ['a*b?c*x', 'abxbbxdbxebxczzy', false],
    ['ab[c]', 'abc', true], ['ab[b-d]', 'abc', true], ['ab[e-g]', 'abc', false], ['ab[^c]', 'abc', false], ['ab[^e-g]', 'abc', true],
    ['a\\*b', 'a*b', true], ['a\\*b', 'ab', false], ['a?b', 'a☺b', true], ['a[^a]b', 'a☺b', true], ['a???b', 'a☺b', false], ['[a-ζ]*', 'α', true], ['*[a-ζ]', 'A', false],
    ['a?b', 'a/b', false], ['a*b', 'a/b', false], ['[\\]a]', ']', true], ['[\\-x]', 'x', true], ['[x\\-]', '-', true], ['*x', 'xxx', true], ['', '', true], ['', 'a', false], ['.?*', '.x', true]
  ]
  for (const [pattern, name, expected] of table) t.equal(match(pattern, name), expected, `${pattern} ${name}`)
})

t.test('malformed patterns', async t => {
  for (const pattern of ['[]a]', '[-]', '[x-]', '[-x]', '[a-b-c]', '[', '[^', '[^bc', 'a[', 'a\\']) {
    t.throws(() => match(pattern, 'ab'), { code: 'bad-pattern', message: 'syntax error in pattern' }, pattern)
  }
})
