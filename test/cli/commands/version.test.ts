import t from 'tap'
import { packageVersion } from '../../../src/db/package-root.js'
import { Version } from '../../../src/go/semver.js'
import { call } from './program.js'

t.test('says which Helm it follows, and what it is', async t => {
  const home = t.testdir()
  t.equal((await call('version', home)).stdout,
    `version.BuildInfo{Version:"v4.3.1", GitCommit:"", GitTreeState:"", GoVersion:"", KubeClientVersion:"v1.37", PortolanVersion:"${packageVersion()}", NodeVersion:"${process.version}"}\n`)
  t.equal((await call('version --template {{.PortolanVersion}}', home)).stdout, packageVersion())
})

t.test('its short form is a version that scripts can compare', async t => {
  const short = (await call('version --short --client', t.testdir())).stdout.trim()
  t.equal(short, `v4.3.1+portolan.${packageVersion()}`)
  t.equal(Version.parse(short).compare(Version.parse('4.3.1')), 0)
})
