import t from 'tap'
import { KeptAnswers } from '../../src/catalog/kept-answers.js'

t.test('an answer is one of its revision only', async t => {
  const kept = new KeptAnswers<string>(1e6, text => text.length)
  t.equal(kept.get('', 'x', 1), undefined)
  kept.set('', 'x', { revision: 1, value: 'one' })
  t.equal(kept.get('', 'x', 1), 'one')
  t.equal(kept.get('', 'x', 2), undefined)
  t.equal(kept.get('other', 'x', 1), undefined)
  t.equal(kept.get('', 'y', 1), undefined)
  kept.set('', 'x', { revision: 2, value: 'two' })
  t.equal(kept.get('', 'x', 2), 'two')
  t.equal(kept.get('', 'x', 1), undefined)
})

t.test('those asked for last are kept, as far as they fit', async t => {
  const kept = new KeptAnswers<string>(3500, text => text.length)
  const value = 'v'.repeat(1000 - 200 - 2 * 2)
  for (const question of ['a', 'b', 'c']) kept.set('', question, { revision: 1, value })
  kept.get('', 'a', 1)
  kept.set('', 'd', { revision: 1, value })
  t.strictSame(['a', 'b', 'c', 'd'].filter(question => kept.get('', question, 1) !== undefined), ['a', 'c', 'd'])
  kept.set('', 'huge', { revision: 1, value: 'v'.repeat(4000) })
  t.equal(kept.get('', 'huge', 1), undefined, 'what can never fit makes nothing go')
  t.equal(kept.get('', 'd', 1), value)
  // Answers that take the place of others do not add up.
  for (let revision = 2; revision < 20; revision++) kept.set('', 'd', { revision, value })
  t.equal(kept.get('', 'a', 1), value)
})
