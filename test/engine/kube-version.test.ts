import t from 'tap'
import { KubeVersion } from '../../src/engine/kube-version.js'

t.test('a version keeps its suffix, and has a form without', async t => {
  const parts = (text: string): unknown[] => {
    const version = KubeVersion.parse(text)
    return [version.version, version.normalized, version.field('Major'), version.field('Minor')]
  }
  t.strictSame(parts('v1.33.4-gke.1245000'), ['v1.33.4-gke.1245000', 'v1.33.4', '1', '33'])
  t.strictSame(parts('1.22'), ['v1.22', 'v1.22', '1', '22'])
  t.strictSame(parts('1.22.03+k3s1'), ['v1.22.03+k3s1', 'v1.22.3', '1', '22'])
})

t.test('what is no version is refused as Helm refuses it', async t => {
  t.throws(() => KubeVersion.parse('new'), { code: 'kube-version', message: 'could not parse "new" as version' })
  t.throws(() => KubeVersion.parse('1'), { message: 'illegal version string "1"' })
  t.throws(() => KubeVersion.parse('01.2'), { message: 'illegal zero-prefixed version component "01" in "01.2"' })
})
