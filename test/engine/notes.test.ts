import t from 'tap'
import { takeNotes } from '../../src/engine/notes.js'

const rendered = new Map([
  ['a/charts/z/templates/NOTES.txt', 'of z'],
  ['a/charts/b/templates/NOTES.txt', 'of b'],
  ['a/templates/NOTES.txt', 'of a'],
  ['a/templates/MYNOTES.txt', 'mine'],
  ['a/templates/x.yaml', 'x: 1']
])

t.test('the root’s notes are the notes', async t => {
  const { files, notes } = takeNotes(rendered, 'a')
  t.equal(notes, 'of a')
  t.strictSame([...files.keys()], ['a/templates/x.yaml'])
})

t.test('those of sub-charts come by path', async t => {
  t.equal(takeNotes(rendered, 'a', true).notes, 'of b\nof z\nmine\nof a')
})

t.test('no notes', async t => {
  t.strictSame(takeNotes(new Map([['a/templates/x.yaml', 'x: 1']]), 'a'), { files: new Map([['a/templates/x.yaml', 'x: 1']]), notes: '' })
})
