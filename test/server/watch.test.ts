import t from 'tap'
import { watch } from '../../src/server/watch.js'

t.test('looks again and again, never twice at once, until it is ended', async t => {
  let [looks, atOnce] = [0, 0]
  let enough: () => void
  const seen = new Promise<void>(resolve => { enough = resolve })
  const look = async (): Promise<void> => {
    t.equal(++atOnce, 1)
    await new Promise(resolve => setTimeout(resolve, 5))
    atOnce--
    if (++looks === 3) enough()
  }
  const end = watch([look], 1)
  const alive = setInterval(() => undefined, 1000)
  await seen
  end()
  clearInterval(alive)
  await new Promise(resolve => setTimeout(resolve, 20))
  t.equal(looks, 3)
})
