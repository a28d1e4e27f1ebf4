import t from 'tap'
import { Pace } from '../../src/catalog/pace.js'

t.test('a rest is twice as long as the work before it', async t => {
  const pace = new Pace()
  await pace.rest()
  const began = performance.now()
  while (performance.now() - began < 20);
  const worked = performance.now()
  await pace.rest()
  t.ok(performance.now() - worked >= 2 * (worked - began) - 2)
})

t.test('but not without end', async t => {
  const pace = new Pace()
  const began = performance.now()
  while (performance.now() - began < 300);
  const worked = performance.now()
  // The timer was set for a tenth of a second, however late it comes: twice the work would be six.
  await Promise.race([pace.rest(), new Promise((_resolve, reject) => setTimeout(() => reject(new Error('it rests too long')), 2 * (worked - began)).unref())])
  t.pass()
})
