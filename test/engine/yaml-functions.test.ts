import t from 'tap'
import { chartOf, renderRelease } from './case-chart.js'
import { compareRecorded } from './compare-recorded.js'

t.test('as Helm answers', async t => {
  compareRecorded(t, 'engine-pretty-yaml')
})

/** A text of about the shape of a CustomResourceDefinition's schema. */
function schemaText (properties: number): string {
  const one = (n: number): string =>
    `              property${n}:\n                description: What this property says, in a sentence or two as long as those of definitions are.\n                type: string\n`
  return `spec:\n  versions:\n    - schema:\n        openAPIV3Schema:\n            properties:\n${Array.from({ length: properties }, (_, n) => one(n)).join('')}`
}

t.test('definitions of some megabytes are read within the limits of a chart', async t => {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'files/large.yaml': schemaText(26_000), 'templates/a.yaml': 'a: {{ (.Files.Get "files/large.yaml" | fromYaml).spec.versions | len }}\n' }
  t.ok(files['files/large.yaml'].length > 4_000_000)
  t.match(renderRelease(chartOf(files)).manifest, /^a: 1$/m)
})

t.test('a text that is nothing but nodes is bounded all the same', async t => {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'files/large.yaml': `[${'1,'.repeat(960_000)}1]`, 'templates/a.yaml': 'a: {{ .Files.Get "files/large.yaml" | fromYamlArray | len }}\n' }
  t.throws(() => renderRelease(chartOf(files)), { message: /exceeded maximum of 20000000 steps/ })
})
