import t from 'tap'
import { Revisions } from '../../src/catalog/revisions.js'
import type { Database } from '../../src/db/schema.js'
import { openCatalog, publishChart } from './open-catalog.js'

/** Counts the queries that a database is sent. */
function counting (database: Database, count: { queries: number }): Database {
  return database.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      count.queries++
      return result
    }
  })
}

t.test('all who ask in one turn share a query, and each sees what was published before', async t => {
  const { catalog, database } = await openCatalog(t)
  const count = { queries: 0 }
  const revisions = new Revisions(counting(database, count))
  t.equal(await revisions.of('org'), undefined)
  for (let i = 1; i <= 3; i++) {
    const early = revisions.of('org')
    await publishChart(catalog, 'org', 'x', `1.0.${i}`)
    count.queries = 0
    const answers = await Promise.all([...Array.from({ length: 20 }, async () => await revisions.of('org')), revisions.of('other')])
    t.equal(count.queries, 2, 'one for each tenant')
    t.strictSame([...new Set(answers.map(answer => answer?.revision))], [i, undefined])
    t.ok([i - 1, i].includes((await early)?.revision ?? 0))
  }
})

t.test('a query that fails is not asked for ever', async t => {
  const { catalog, database } = await openCatalog(t)
  let broken = true
  const revisions = new Revisions(database.withPlugin({
    transformQuery: ({ node }) => {
      if (broken) throw new Error('broken')
      return node
    },
    transformResult: async ({ result }) => result
  }))
  await publishChart(catalog, '', 'x', '1.0.0')
  await t.rejects(Promise.all([revisions.of(''), revisions.of('')]), { message: 'broken' })
  broken = false
  t.equal((await revisions.of(''))?.revision, 1)
})
