import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chartArchive } from '../helpers/chart-archive.js'
import { projectRoot, type Answer, type Site } from './web.js'

/** A repository to be served: its files, and the digests of its archives by file name. */
export interface ChartSite {
  readonly site: Site
  readonly digests: ReadonlyMap<string, string>
}

const webYaml = (version: string): string => `apiVersion: v2
name: web
version: ${version}
description: A web server with a description that is longer than fifty characters & some <markup>
appVersion: "1.16"
keywords: [http, proxy]
home: https://example.com/web
sources: [https://example.com/web/source]
maintainers:
  - name: Team A
    email: team-a@example.com
annotations:
  zone: "2"
  area: "1"
`

const webFiles = {
  'README.md': '# Web\n\nServes pages.\n',
  'crds/a.yaml': 'apiVersion: v1\nkind: A\n',
  'crds/b.yml': '---\napiVersion: v1\nkind: B\n',
  'crds/notes.txt': 'not a manifest\n',
  'charts/base/Chart.yaml': 'apiVersion: v2\nname: base\nversion: 0.1.0\n',
  'charts/base/crds/c.json': '{"apiVersion": "v1", "kind": "C"}\n'
}

/** Values that exercise every kind of JSONPath. */
const webValues = `# The image.
image:
  repository: example.com/web
  tag: "1.16"
replicas: 2
million: 1000000
ratio: 0.5
enabled: true
empty: {}
nothing: null
hosts:
  - name: a
    port: 80
    tls: true
    paths: [/a, /b]
  - name: b
    port: 8080
    paths: [/c]
  - name: c
    port: 443
    tls: false
    paths: []
list: [10, 20, 30, 40]
"dotted.key": dotted
`

/**
 * The charts of a small repository and its index.yaml, which is in test/fixtures/repository: `web` in three versions (one a pre-release,
 * one named by an absolute URL), `db` whose digest is wrong, `old` without a digest, `gone` whose archive is missing, `nowhere` without any URL.
 *
 * @param base where it will be served, without a slash at its end
 */
export async function chartSite (base: () => string): Promise<ChartSite> {
  const archives = new Map<string, Buffer>()
  for (const version of ['1.2.3', '1.3.0-beta.1', '0.9.0']) {
    archives.set(`web-${version}.tgz`, await chartArchive('web', version, { 'Chart.yaml': webYaml(version), 'values.yaml': webValues, ...webFiles }))
  }
  archives.set('db-2.0.0+build.5.tgz', await chartArchive('db', '2.0.0+build.5'))
  archives.set('old-0.1.0.tgz', await chartArchive('old', '0.1.0'))
  const digests = new Map([...archives].map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]))
  const site: Site = new Map<string, Answer>([...archives].map(([name, content]) => [`/charts/${name}`, content]))
  site.set('/index.yaml', response => response.end(indexText(base(), digests)))
  site.set('/charts/web-0.9.0.tgz.prov', 'provenance of web-0.9.0')
  site.set('/broken/index.yaml', 'entries: [')
  site.set('/empty/index.yaml', '')
  site.set('/page/index.yaml', '<html><body>Welcome</body></html>')
  site.set('/json/index.yaml', '{"apiVersion":"v1","entries":{"web":[{"name":"web","version":"3.0.0","urls":["../charts/web-1.2.3.tgz"]}]}}')
  return { site, digests }
}

function indexText (base: string, digests: ReadonlyMap<string, string>): string {
  return readFileSync(join(projectRoot(), 'test', 'fixtures', 'repository', 'index.yaml'), 'utf8')
    .replaceAll('{base}', base)
    .replace(/\{digest of (\S+)\}/g, (_, name: string) => digests.get(name) ?? '')
}
