import { chartArchive } from '../helpers/chart-archive.js'

/** A Chart.yaml (as JSON, which is YAML) with every field, and values that are awkward to serialise. */
export function everything (name: string, version: string): string {
  const file = `charts/${name}-${version}.tgz`
  return JSON.stringify({
    apiVersion: 'v2',
    name,
    version,
    appVersion: '1.10',
    kubeVersion: '>=1.20 <2 && \u2028',
    type: 'application',
    icon: 'https://example.com/i.svg?a=b&c=<d>',
    home: 'https://example.com',
    deprecated: true,
    condition: 'a.enabled',
    tags: 't',
    keywords: ['db', 'yes', '1.0', '~', file],
    sources: ['https://example.com/a', '- dash', '# hash', ''],
    description: `A text that is longer than eighty columns, so that the emitter has to fold it somewhere, and: with a colon\nurls:\n- ${file}\n    urls:\n    - ${file}\n`,
    maintainers: [{ url: 'https://example.com', name: 'Team A', email: 'a@example.com' }, { name: 'Ü' }],
    annotations: {
      urls: JSON.stringify([file]),
      10: 'ten',
      9: 'nine',
      long: 'word '.repeat(60),
      [`a key too long for one line ${'k'.repeat(140)}`]: 'x',
      changes: `- first\n  second\n\nthird\n\n    urls:\n    - ${file}\n`,
      quoted: `it's ${'"quoted" '.repeat(20)}\t`
    },
    dependencies: [{
      name: 'sub',
      version: '>= 1.0.0, < 2',
      repository: 'https://example.com/charts',
      'import-values': ['data', { urls: [file], child: 'a', parent: 'b', n: 1.5, z: null, 9: [[], {}] }],
      tags: ['front', 'back'],
      alias: 'other'
    }]
  })
}

/**
 * The archives of which test/fixtures/catalog/helm-index.yaml is what `helm repo index` (4.3.1) made: names whose order is not that of
 * their bytes, versions that are near to each other, charts with every field and with few.
 */
export async function helmCases (): Promise<Array<{ file: string, archive: Buffer }>> {
  const cases: Array<readonly [name: string, version: string, chartYaml?: string]> = [
    ['full', '1.2.3', everything('full', '1.2.3')], ['full', '1.2.10', everything('full', '1.2.10')], ['full', '1.3.0-rc.2'], ['full', '1.3.0-rc.10'], ['full', 'v2', everything('full', 'v2')],
    ['chart2', '0.1.0'], ['chart10', '0.1.0'], ['Chart', '1.0.0'], ['a-b', '1.0.0'], ['ab', '1.0.0+build.5'], ['a.b', '1.0', 'apiVersion: v2\nname: a.b\nversion: "1.0"\n'], ['a_b', '1'],
    ['old', '1.0.0', 'name: old\nversion: 1.0.0\nappVersion: 1.10\n'],
    ['multi', '1.0.0', 'apiVersion: v2\nname: multi\nversion: 1.0.0\nannotations:\n  artifacthub.io/changes: |\n    - one\n    - two: "x"\n  empty: ""\n  "on": "off"\n']
  ]
  return await Promise.all(cases.map(async ([name, version, chartYaml]) =>
    ({ file: `${name}-${version}.tgz`, archive: await chartArchive(name, version, chartYaml === undefined ? {} : { 'Chart.yaml': chartYaml }) })))
}
