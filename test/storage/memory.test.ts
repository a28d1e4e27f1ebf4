import t from 'tap'
import { checked } from '../../storage/checked.js'
import { MemoryBackend } from '../../storage/memory.js'
import { backendContract, body } from './backend-contract.js'

t.test('the memory backend keeps the contract', t => backendContract(t, async () => new MemoryBackend()))

t.test('so it does when checked', t => backendContract(t, async () => checked(new MemoryBackend())))

t.test('the clock says when an object was modified', async t => {
  const backend = new MemoryBackend({ clock: () => new Date(1000) })
  t.strictSame((await backend.create('x', body('x'))).modified, new Date(1000))
})
