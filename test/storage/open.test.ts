import { readdirSync } from 'node:fs'
import t from 'tap'
import type { Operation } from '../../storage/checked.js'
import { backendNames, openBackend } from '../../storage/open.js'
import { body, text } from './backend-contract.js'

t.test('each name opens its backend, checked', async t => {
  const rootDirectory = t.testdir()
  for (const name of backendNames) {
    const operations: Operation[] = []
    const backend = await openBackend(name, { rootDirectory, onOperation: operation => operations.push(operation) })
    t.equal(backend.name, name)
    await backend.create('team-a/x', body('x'))
    t.equal(await text(backend, 'team-a/x'), 'x')
    await t.rejects(backend.stat('../x'), { code: 'invalid-key' })
    t.match(operations, [{ backend: name, name: 'create' }, { backend: name, name: 'read' }])
  }
  t.ok(readdirSync(rootDirectory).includes('team-a'))
})

t.test('an unknown name and a missing setting are told', async t => {
  await t.rejects(openBackend('tape'), { message: 'Unsupported storage backend: tape (supported are local, memory)' })
  await t.rejects(openBackend('local'), { message: 'the storage backend local needs the setting rootDirectory' })
})
