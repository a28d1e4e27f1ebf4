import t from 'tap'
import { testServer } from '../../helpers/test-server.js'

t.test('each repository has its own id', async t => {
  const { app } = await testServer(t, { paths: { contextPath: '', depth: 0, dynamic: true }, artifactHubIds: new Map([['org1', 'one'], ['', '12']]) })
  t.equal((await app.inject('/org1/artifacthub-repo.yml')).body, 'repositoryID: one\n')
  t.equal((await app.inject('/artifacthub-repo.yml')).body, 'repositoryID: "12"\n')
  t.match(await app.inject('/org2/artifacthub-repo.yml'), { statusCode: 404, body: '{"error":"Artifact Hub repository ID not found"}' })
})
