import t from 'tap'
import { Library } from '../../src/template/library.js'
import { Scope } from '../../src/template/runtime.js'

function libraryOf (texts: Readonly<Record<string, string>>): Library {
  const library = new Library({ name: 'set', functions: new Map(), missingKey: 'zero' })
  for (const [name, source] of Object.entries(texts)) library.parse({ name, text: source })
  return library
}

t.test('templates are compiled once, and children share them', async t => {
  const library = libraryOf({ a: 'A' })
  const { library: child } = library.child('c', '{{ template "a" }}')
  t.equal(child.lookup('a'), library.lookup('a'))
  t.equal(library.lookup('a')?.program(), library.lookup('a')?.program())
})

t.test('the same text is the same template, in a child of its own', async t => {
  const library = libraryOf({})
  const first = library.child('c', '{{ define "d" }}{{ end }}x')
  const second = library.child('c', '{{ define "d" }}{{ end }}x')
  t.not(first.library, second.library)
  t.equal(first.main, second.main)
  t.not(library.child('other', 'x').main, library.child('c', 'x').main)
  t.equal(library.lookup('d'), undefined)
})

t.test('what is empty replaces nothing, in a child either', async t => {
  const library = libraryOf({ a: 'A', b: ' ' })
  library.parse({ name: 'c', text: '{{ define "a" }}\n{{ end }}{{ define "b" }}B{{ end }}' })
  t.equal(String(library.lookup('a')?.root), 'A')
  t.equal(String(library.lookup('b')?.root), 'B')
  t.equal(library.child('d', '{{ define "a" }} {{ end }}').library.lookup('a'), library.lookup('a'))
})

t.test('only what child gave can be deferred', async t => {
  const runtime = libraryOf({ a: 'A' }).runtime(new Scope())
  t.throws(() => runtime.defer({ execute: () => '' }, null), TypeError)
  t.throws(() => runtime.defer('x', null), { code: 'no-template' })
  t.equal(runtime.child('c', '{{ template "a" }}').execute(null), 'A')
})
