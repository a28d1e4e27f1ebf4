import t from 'tap'
import { isEmptyTree } from '../../src/template/ast.js'
import { parse } from '../../src/template/parse.js'

function tree (text: string) {
  const found = parse('f', text, { functions: new Set(['f']) }).get('f')
  if (found === undefined) throw new Error('no tree')
  return found.root
}

t.test('nodes print themselves as Go prints them', async t => {
  const table: ReadonlyArray<readonly [text: string, printed: string]> = [
    ['a  {{-  .b  -}}  c', 'a{{.b}}c'],
    ['{{ $x:=1 }}{{ $x =2 }}', '{{$x := 1}}{{$x = 2}}'],
    ['{{range $i,$e:=.a}}{{break}}{{else}}e{{end}}', '{{range $i, $e := .a}}{{break}}{{else}}e{{end}}'],
    ['{{if  .a}}b{{else  if .c}}d{{end}}', '{{if .a}}b{{else}}{{if .c}}d{{end}}{{end}}'],
    ['{{with .a}}{{else with .b}}{{end}}', '{{with .a}}{{else}}{{with .b}}{{end}}{{end}}'],
    ["{{f  'a' `r` \"s\" 0x1F true nil (f 1|f).x $.y .}}", "{{f 'a' `r` \"s\" 0x1F true nil (f 1 | f).x $.y .}}"],
    ['{{template `a` .}}{{block "b" .}}x{{end}}', '{{template "a" .}}{{template "b" .}}'],
    ['{{/* c */}}', '']
  ]
  for (const [text, printed] of table) t.equal(String(tree(text)), printed, text)
})

t.test('what is nothing but white space and comments is empty', async t => {
  for (const text of ['', ' \t\r\n', '{{/* c */}}', ' {{/* c */}} ', '\u00a0\u2003\u0085\u3000', '{{define "x"}}y{{end}}']) {
    t.equal(isEmptyTree(tree(text)), true, JSON.stringify(text))
  }
  for (const text of ['x', '{{""}}', '\ufeff', '{{if .a}}{{end}}', '{{template "x"}}']) t.equal(isEmptyTree(tree(text)), false, JSON.stringify(text))
})
